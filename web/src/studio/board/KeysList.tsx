import { Window } from '../../parts/Window';

const KEYS: [string, string][] = [
  ['← ↑ → ↓', 'Go over the board'], ['Home End', 'First and last of the row; with Ctrl of the board'], ['Enter', 'Open in the drawer; on a + add'], ['A', 'Add to this cell'],
  ['F2', 'Change the words in their place'], ['Space', 'Take; arrows carry; space puts down, Escape puts back'], ['Shift ↑ ↓', 'Choose a range'], ['X', 'Choose one more'], ['Ctrl A', 'Choose all in the lane'],
  ['Ctrl D', 'Once more'], ['Delete', 'Delete'], ['Ctrl C', 'Copy, also to another map'], ['Ctrl X', 'Cut'], ['Ctrl V', 'Paste cards, or lines of text as cards'], ['Ctrl Z', 'Undo'], ['Shift Ctrl Z', 'Do again'],
  ['O', 'Make the chosen touchpoints one of several, or part them'], ['E', 'What meets this moment'], ['. ', 'Fold or unfold the lane'], ['+ −', 'Zoom in and out'], ['0', 'The whole journey in sight'], ['Escape', 'Put back, choose nothing, close the drawer'], ['?', 'These keys'],
];

export function KeysList({ close }: { close: () => void }) {
  return (
    <Window title="Keys of the board" close={close} size={720}>
      <dl style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', columnGap: 40 }}>
        {KEYS.map(([keys, name]) => (
          <div key={keys} className="row apart" style={{ padding: '5px 0', alignItems: 'baseline' }}>
            <dt>{name}</dt>
            <dd className="row" style={{ gap: 4, flex: 'none' }}>{keys.trim().split(' ').map((key) => <kbd key={key} className="key">{key}</kbd>)}</dd>
          </div>
        ))}
      </dl>
      <p className="small soft" style={{ marginTop: 12 }}>With the mouse: drag cards, stages and lanes; Alt makes a copy; Shift and Ctrl choose several, so does a box drawn over the ground. Drop a touchpoint onto another and they become one of several. By touch: hold, then drag.</p>
    </Window>
  );
}
