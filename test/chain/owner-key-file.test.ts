import { expect, it } from 'vitest';
import { openOwnerKey, sealOwnerKey } from '../../main/chain/owner-key-file.ts';
import { realRandom } from '../kit/practice-store.ts';

it('the sealed key opens with its code alone, whole and unaltered', async () => {
  const seed = realRandom.bytes(32);
  const bytes = await sealOwnerKey(seed, '7K3QX0MZ4AR9TWEHB52N', realRandom);
  expect(await openOwnerKey(bytes, '7K3QX0MZ4AR9TWEHB52N')).toEqual(seed);
  expect(await openOwnerKey(bytes, '7K3QX0MZ4AR9TWEHB52P')).toBeNull();
  for (const at of [0, 5, 20, bytes.length - 1]) {
    const altered = Buffer.from(bytes);
    altered[at] = (altered[at] ?? 0) ^ 1;
    expect(await openOwnerKey(altered, '7K3QX0MZ4AR9TWEHB52N')).toBeNull();
    expect(await openOwnerKey(bytes.subarray(0, at), '7K3QX0MZ4AR9TWEHB52N')).toBeNull();
  }
  expect(await openOwnerKey(Buffer.concat([bytes, bytes]), '7K3QX0MZ4AR9TWEHB52N')).toBeNull();
  expect(bytes.length).toBeLessThan(4_096);
});
