import type { Lane } from '../../api/nouns';
import { HOUSE } from '../board/lanes';
import { Line, Tick } from './fields';

/** A row of a map: its name, and whether it is shown. */
export function LaneForm({ lane, cards }: { lane: Lane; cards: number }) {
  const house = HOUSE.find((one) => one.id === lane.id);
  return (
    <>
      {house && <p className="soft">{house.about}.</p>}
      <Line name="name" label="Name" required={!house} placeholder={house?.name} />
      <Tick name="hidden" label="Hidden on this map" description="what stands in it is kept" />
      {(!house || house.cards) && <p className="faint small">{cards ? `${cards} of this map’s cards stand in it.` : 'No card stands in it.'}</p>}
    </>
  );
}
