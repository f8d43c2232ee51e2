/** The shapes the server answers with. Mirrors `measure/sheet.py`, `model/result.py`, `model/receipt.py`. */
export interface Period { first_on: string | null; last_on: string | null }

export interface Result {
  value: number | null; unit: string; n: number; of: string; low: number | null; high: number | null; level: number;
  method: string; period: Period; plan_version: number; data_version: number; caveats: string[]; behind: string;
}
export type Grade = 'guessed' | 'observed' | 'asked' | 'measured';
export type Side = 'buyer' | 'customer';
export type Tone = 'good' | 'bad' | 'doubt' | 'plain' | 'unknown';

export interface Deviations { missing: number; unplanned: number; out_of_order: number; repeated: number; late: number }
export interface Following { average_fitness: Result; log_fitness: Result; fitting: Result; deviations: Deviations; cost: number }
export interface Evidence {
  grade: Grade; events: number; answers: number; observations: number; figures: number; last_at: string | null;
  state: 'alive' | 'silent' | 'unmeasured';
}
export interface StageFigures {
  id: string; name: string; side: Side; order: number; people: number; journeys: number; reach: Result; time: Result;
  left: Result; grade: Grade; desired: number | null; felt: Result | null; opens: string | null;
}
export interface TouchpointFigures {
  id: string; name: string; kind: string; medium: string; owner: string | null; stages: string[]; people: number;
  journeys: number; events: number; reach: Result; time: Result; left: Result; evidence: Evidence; felt: Result | null;
  deviations: Deviations; sources: string[];
}
export interface PromiseFigures {
  id: string; name: string; words: string; touchpoint: string; stage: string | null; owner: string | null; per: string;
  target: number; kept: Result; kept_count: number; broken_count: number; open_count: number;
  state: 'kept' | 'broken' | 'in doubt' | 'not judged';
}
export interface Way {
  origin: string; target: string; count: number; journeys: number; people: number; rate: number;
  median_seconds: number | null; planned: boolean; desire: boolean;
}
export interface EventCount { event: string; events: number; people: number; sources: string[]; touchpoints: string[] }
export interface Seam { crossed: Result; gap: Result }
export interface MomentCell { id: string; words: string; stage: string; grade: Grade; touchpoints: string[]; live_experience: boolean }
export interface Sheet {
  brand: string; simulated: boolean; journey: string; journey_name: string; subject: string; period: Period; segment: string;
  plan_version: number; data_version: number; journeys: number; people: number; events: number; known: Result;
  first_at: string | null; last_at: string | null; stages: StageFigures[]; touchpoints: TouchpointFigures[];
  moments: MomentCell[]; promises: PromiseFigures[]; following: Following; ways: Way[]; seam: Seam | null;
  unclaimed: EventCount[]; contested: EventCount[]; caveats: string[];
}
export interface Variant {
  steps: string[]; length: number; count: number; rate: number; people: number; median_seconds: number;
  fitness: number | null; marks: string[]; missing: string[]; key: string;
}
export interface Variants {
  level: 'event' | 'touchpoint'; subject: string; journeys: number; people: number; variant_count: number;
  variants: Variant[]; period: Period; plan_version: number; data_version: number;
}
export interface Transition { origin: string; target: string; count: number; median_seconds: number | null; mean_seconds: number | null }
export interface Transitions {
  level: 'event' | 'touchpoint'; subject: string; journeys: number; events: number; edges: Transition[];
  nodes: Record<string, number>; starts: Record<string, number>; ends: Record<string, number>; period: Period;
  plan_version: number; data_version: number;
}
export interface StoryEvent {
  at: string; event: string; source: string; channel: string | null; touchpoint: string | null; touchpoint_name: string | null;
  stage: string | null; side: Side | null; objects: Record<string, string>; properties: Record<string, string>;
  quote: string | null; mark: string | null;
}
export interface Story {
  customer: string; identifiers: Record<string, string[]>; traits: Record<string, string>; events: StoryEvent[];
  event_count: number; first_at: string | null; last_at: string | null; promises: [string, string][]; fitness: number | null;
  missing: string[]; held: string[];
}
export interface Customer {
  customer: string; label: string; events: number; first_at: string; last_at: string; last_event: string; fitness: number | null;
}
export interface Customers { customers: Customer[]; total: number; page: number; page_size: number }
export interface Headline { name: string; result: Result | null; words: string; tone: Tone; link: string; series: (number | null)[] }
export interface Finding { id: string; words: string; detail: string; kind: string; owner: string | null; size: number; tone: Tone; link: string }
export interface Cockpit {
  headline: string; subline: string; figures: Headline[]; findings: Finding[]; period: Period; plan_version: number; data_version: number;
}

export interface WorkspaceLine { name: string; brand: string; simulated: boolean; events: number; people: number | null; plan_version: number }
export interface Demo { name: string; title: string; about: string; real: boolean; ready: boolean }
export interface Status { version: string; workspaces: WorkspaceLine[]; demos: Demo[] }
export interface Job {
  id: string; workspace: string; name: string; state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'; stage: string; share: number;
  result: unknown; error: ApiFault | null;
}
export interface Fault { message: string; file?: string; line?: number; path?: string; hint?: string }
export interface FaultLine { severity: 'error' | 'warning'; message: string; path: string; line: number; hint: string }
export interface ApiFault { code: string; message: string; hint?: string; faults?: Fault[] }
export interface Summary {
  name: string; brand: string; simulated: boolean; zone: string; currency: string; plan_version: number; data_version: number;
  events: number; people: number; first_on: string | null; last_on: string | null; journeys: { id: string; name: string; subject: string }[];
  subjects: string[]; segments: string[]; sources: string[]; has_plan: boolean; has_data: boolean; working: string | null;
}
export interface Seen {
  event: string; source: string; events: number; people: number; channels: string[]; properties: string[];
  touchpoint: string | null; suggestion: string | null;
}
export interface SegmentCheck { rule: string; people: number; of: number }
export interface Held { kind: string; value: string; reason: string; linked: number; events: number }
export interface Receipt {
  import_id: string; source: string; file: string; rows_read: number; rows_refused: number; accepted: number; duplicate: number;
  refused: Record<string, number>; links: number; traits: number; objects: number; figures: number; observations: number;
  caveats: string[]; seconds: number; data_version: number;
}
export interface SourceLine {
  source: string; format: string; about: string; yaml: string; events: number; refused: number; last_import_at: string | null; last_file: string | null;
}
export interface RefusedLine { id: number; source: string; reason: string; detail: string; line: number; event: string | null; row: string }
export interface RefusedPage { total: number; by_reason: Record<string, number>; rows: RefusedLine[] }
