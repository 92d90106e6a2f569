import { expect, it } from 'vitest';
import { defaultReceiptSettings as kept } from '../../../../main/paper/receipts/settings.ts';
import { settingsOver } from '../../../../renderer/paper/receipts/form.ts';

it('what is typed lies over what is kept, but not where the owner set it meanwhile', () => {
  const typed = { header: 'Kopi', width: '58' } as const;
  expect(settingsOver(kept, typed, [])).toEqual({ ...kept, ...typed });
  expect(settingsOver(kept, typed, ['header', 'receipts.header'])).toEqual({ ...kept, width: '58' });
});
