import type { PageUse } from '../../../preload/contract/index.ts';
import type { Dialog, Screen } from '../../shared/view-store.ts';

/** After the last key or touch somebody counts as being there for so long. */
export const THERE_FOR_MS = 120_000;

/** What the page knows of what is being done at it. */
export interface AtThePage {
  readonly screen: Screen['kind'];
  readonly dialog: Dialog['kind'] | null;
  readonly settingUp: boolean;
  /** Anything stands on the form, or is on its way from there. */
  readonly isFormBegun: boolean;
  readonly isSomebodyThere: boolean;
}

/** These are read, or pressed and gone: nothing is typed there that could be lost. */
const passing: readonly (Dialog['kind'] | null)[] = [
  null,
  'menu',
  'details',
  'update',
  'about',
  'diagnostics',
];

/** What an update would interrupt; pure. */
export function pageUse({ screen, dialog, settingUp, isFormBegun, isSomebodyThere }: AtThePage): PageUse {
  if (screen === 'review' || dialog === 'answer' || dialog === 'doubt') return 'review';
  if (isFormBegun || settingUp || screen === 'settings' || !passing.includes(dialog)) return 'form';
  return isSomebodyThere ? 'in-use' : 'free';
}
