import {
  IconBox, IconBuildingStore, IconDeviceDesktop, IconFileText, IconMail, IconMessage, IconPhone, IconSpeakerphone, IconTruck,
  IconUser, IconPoint, type Icon,
} from '@tabler/icons-react';

const ICONS: Record<string, Icon> = {
  screen: IconDeviceDesktop, place: IconBuildingStore, person: IconUser, paper: IconFileText, parcel: IconBox, phone: IconPhone,
  mail: IconMail, advert: IconSpeakerphone, message: IconMessage, vehicle: IconTruck,
};
export const MEDIA = Object.keys(ICONS);

export function Medium({ medium, size = 14 }: { medium: string; size?: number }) {
  const Glyph = ICONS[medium] ?? IconPoint;
  return <Glyph size={size} stroke={1.6} aria-label={medium} role="img" style={{ flex: 'none' }} />;
}
