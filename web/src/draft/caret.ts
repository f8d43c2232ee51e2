import { carried } from './differ';

type Field = HTMLInputElement | HTMLTextAreaElement;

/** The caret of the field one writes in: remembered before others' edits come in, put back where it was in the text after. */
export class Caret {
  private was: { field: Field; value: string; start: number; end: number } | null = null;

  remember(): void {
    if (this.was) return;
    const field = document.activeElement;
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) || field.selectionStart === null) return;
    this.was = { field, value: field.value, start: field.selectionStart, end: field.selectionEnd ?? field.selectionStart };
  }

  restore(): void {
    const { was } = this;
    this.was = null;
    if (!was || document.activeElement !== was.field || was.field.value === was.value) return;
    was.field.setSelectionRange(carried(was.start, was.value, was.field.value), carried(was.end, was.value, was.field.value));
  }
}
