import {
  currencyDecimals,
  isZeroAmount,
  padAmount,
  subtractAmounts,
  zeroAmount,
} from '../../../preload/contract/app/values.ts';
import type { Amount, Entry, Till } from '../../../preload/contract/index.ts';
import { plain } from '../../kit/format.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { view } from '../../shared/view.ts';
import { topUp } from './form.ts';

async function acknowledge(entry: Entry): Promise<void> {
  view.notice(null);
  const reply = await bridge.entriesAcknowledge({ id: entry.id });
  if (!reply.ok) view.notice(reply.error);
}

/** Somebody has seen the refusal: it is not counted among the alarms any more. */
export const acknowledgeEntry = (entry: Entry): void => void acknowledge(entry);

/** The form is filled anew with what was refused; the member is looked up again, and nothing is confirmed. */
export const enterAgain = (entry: Entry, till: Pick<Till, 'currency' | 'language'>): void => {
  const written = (value: Amount, decimals: number) =>
    isZeroAmount(value) ? '' : plain(padAmount(value, decimals), till.language);
  view.show({ kind: 'till' });
  if (entry.needsAcknowledgement) acknowledgeEntry(entry);
  void topUp.enterAgain(entry, {
    amountText: written(
      subtractAmounts(entry.balanceIncrement, entry.terms.bonus ?? zeroAmount),
      currencyDecimals(till.currency),
    ),
    pointsText: written(entry.pointIncrement, 0),
    noteText: entry.note,
    purchaseText: written(entry.terms.purchase ?? zeroAmount, currencyDecimals(till.currency)),
    reason: entry.terms.reason ?? '',
    tender: entry.terms.tender ?? '',
    givenText: '',
  });
};
