/** The server's shapes under the names used here. They are generated from its schema: `npm run types`. */
import type { components } from '../schema';

type Schemas = components['schemas'];
/** An answer carries every field, also those that have a default. */
type Whole<T> = T extends object ? { [K in keyof T]-?: Whole<Exclude<T[K], undefined>> } : T;
type S = { [K in keyof Schemas]: Whole<Schemas[K]> };

export type Period = S['Period'];
export type Result = S['Result_float_'];
export type Deviations = S['Deviations'];
export type Evidence = S['Evidence'];
export type Grade = Evidence['grade'];
export type StageFigures = S['StageFigures'];
export type Side = StageFigures['side'];
export type TouchpointFigures = S['TouchpointFigures'];
export type PromiseFigures = S['PromiseFigures'];
export type Way = S['Way'];
export type EventCount = S['EventCount'];
export type Sheet = S['Sheet'];
export type Variant = S['Variant'];
export type Variants = S['Variants'];
export type Transition = S['Transition'];
export type Transitions = S['Transitions'];
export type Flow = S['Flow'];
export type Discovered = S['Discovered'];
export type FlowNode = S['FlowNode'];
export type Retention = S['Retention'];
export type Cohort = S['Cohort'];
export type RetentionCell = S['RetentionCell'];
export type Growth = S['Growth'];
export type GrowthRow = S['GrowthRow'];
export type StickyRow = S['StickyRow'];
export type Pattern = S['Pattern'];
export type PatternHelp = S['PatternHelp'];
export type Stuck = S['Stuck'];
export type StuckPlace = S['StuckPlace'];
export type Times = S['Times'];
export type TimeRow = S['TimeRow'];
export type Funnel = S['Funnel'];
export type FunnelStep = S['FunnelStep'];
export type Groups = S['Groups'];
export type Group = S['Group'];
export type StoryEvent = S['StoryEvent'];
export type Story = S['desirelines__measure__sheet__Story'];
export type Customer = S['Customer'];
export type Customers = S['Customers'];
export type Headline = S['Headline'];
export type Tone = Headline['tone'];
export type Finding = S['Finding'];
export type Cockpit = S['Cockpit'];

export type Status = S['Status'];
export type Demo = S['DemoRow'];
export type Summary = S['Summary'];
export type Job = S['JobShape'];
export type Fault = Schemas['FaultShape'];
export type FaultLine = S['FaultRow'];
export type ApiFault = Schemas['ErrorBody'];
export type Seen = S['Seen'];
export type SegmentCheck = S['SegmentCheck'];
export type SavedSegment = S['SavedSegment'];
export type Held = S['HeldRow'];
export type Receipt = S['Receipt'];
export type SourceLine = S['SourceRow'];
export type RefusedLine = S['RefusedRow'];
export type RefusedPage = S['RefusedPage'];

export type Dropped = S['DroppedFile'];
export type ColumnGuess = S['ColumnGuess'];
export type Preview = S['Preview'];
export type VersionLine = S['VersionRow'];
export type Change = S['ChangeRow'];

/** What is written here and sent: fields with a default may be left out. */
export type Plan = Schemas['Plan-Input'];
export type DraftDocument = Omit<S['DraftShape'], 'plan'> & { plan: Plan };
export type Scalar = string | number | boolean;
export type Range = Schemas['Range'];
export type EventRule = Schemas['EventRule'];
export type Strategy = Schemas['Strategy'];
export type StoryPlan = Schemas['Story-Input'];
export type Message = Schemas['Message'];
export type Persona = Schemas['Persona'];
export type Touchpoint = Schemas['Touchpoint'];
export type PromisePlan = Schemas['Promise'];
export type Step = Schemas['Step'];
export type Stage = Schemas['Stage'];
export type Journey = Schemas['Journey'];

export type Source = Schemas['Source'];
export type EventMap = Schemas['Event'];
export type Property = Schemas['Property'];
export type PropertyType = NonNullable<Property['type']>;
export type Properties = Record<string, string | Property>;
export type Time = Schemas['Time'];
