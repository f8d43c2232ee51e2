import type { CSSProperties } from 'react';
import type { Person } from './sight';

/** The colour the server gave somebody, for the mark that stands for them. */
export const tone = ({ colour }: Person): CSSProperties => (colour ? ({ '--who': colour } as CSSProperties) : {});
