import { expect, it } from 'vitest';
import { gohLiTing, limWei, meiLing, rajanPillai } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import {
  amountField,
  confirmButton,
  incrementsOf,
  takeMember,
  untilRows,
  untilText,
} from '../support/electron-till.ts';

it('reads outer space, full-width digits and thousands separators exactly', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store);
  const accepted = [
    [meiLing, ' 50 ', 'S$50.00', '50'],
    [limWei, '１２．５０', 'S$12.50', '12.5'],
    [rajanPillai, '1,000.00', 'S$1,000.00', '1000'],
    [gohLiTing, '0.10', 'S$0.10', '0.1'],
  ] as const;
  for (const [member, typed, shown, sent] of accepted) {
    await takeMember(page, member);
    await amountField(page).fill(typed);
    await untilText(confirmButton(page), `Top up ${shown} for ${member.name}`);
    await amountField(page).press('Enter');
    await untilRows(page, 1, member.name, shown, 'Done');
    expect(incrementsOf(store, member).map(({ balanceIncrement }) => Number(balanceIncrement))).toEqual([
      Number(sent),
    ]);
  }
});
