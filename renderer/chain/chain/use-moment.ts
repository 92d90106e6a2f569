import { storeMoment } from '../../kit/format.ts';
import { useTill } from '../../shared/topics.ts';

export function useMoment() {
  const { storeTimeZone, language } = useTill();
  return (atMs: number) => storeMoment(atMs, Date.now(), storeTimeZone, language);
}
