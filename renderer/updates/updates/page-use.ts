import type { PageUse } from '../../../preload/contract/index.ts';
import type { Dialog, Screen } from '../../shared/view-store.ts';

/** How long after the last input somebody counts as present. */
export const THERE_FOR_MS = 120_000;

export interface AtThePage {
  readonly screen: Screen['kind'];
  readonly dialog: Dialog['kind'] | null;
  readonly settingUp: boolean;
  /** The form has input, or an entry is on its way from it. */
  readonly isFormBegun: boolean;
  readonly isSomebodyThere: boolean;
}

/** Dialogs without input that could be lost. */
const passing: readonly (Dialog['kind'] | null)[] = [
  null,
  'menu',
  'details',
  'update',
  'about',
  'diagnostics',
];

/** What an update would interrupt. Pure. */
export function pageUse({ screen, dialog, settingUp, isFormBegun, isSomebodyThere }: AtThePage): PageUse {
  if (screen === 'review' || dialog === 'answer') return 'review';
  if (isFormBegun || settingUp || screen === 'settings' || !passing.includes(dialog)) return 'form';
  return isSomebodyThere ? 'in-use' : 'free';
}
