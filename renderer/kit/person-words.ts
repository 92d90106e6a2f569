import type { TFunction } from 'i18next';
import { actorName } from '../../preload/contract/app/values.ts';

/** Who did something: their name, or the role of whoever has the till's own manager PIN, which has no name. */
export function personWords(t: TFunction, actor: string): string {
  const name = actorName(actor);
  return name === 'manager' ? t('desk.roles.manager') : name;
}
