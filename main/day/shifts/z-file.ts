import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type ShiftReport, shiftReportSchema } from '../../../preload/contract/index.ts';

/** The account that the entries belong to. */
export interface ZFileAccount {
  readonly host: string;
  readonly appId: string;
}

const FORMAT = 'counterfoil z report 1';

const fileSchema = z.object({
  format: z.literal(FORMAT),
  host: z.string().max(500),
  appId: z.string().max(200),
  /** The report's own text, so that exactly what was sealed is read. */
  report: z.string().max(2_000_000),
  seal: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Derived from the App key alone, which all tills of the shop have. */
const keyOf = (appKey: string, { host, appId }: ZFileAccount): Buffer =>
  Buffer.from(hkdfSync('sha256', appKey.trim(), JSON.stringify([host, appId]), FORMAT, 32));

const sealOf = (appKey: string, account: ZFileAccount, report: string): Buffer =>
  createHmac('sha256', keyOf(appKey, account)).update(`${FORMAT}\n${report}`, 'utf8').digest();

/** Tells one key from another, and tells nothing else of it. */
export const zKeyId = (appKey: string, { host, appId }: ZFileAccount): string =>
  Buffer.from(
    hkdfSync('sha256', appKey.trim(), JSON.stringify([host, appId]), 'counterfoil z key id', 16),
  ).toString('hex');

export function writeZFile(appKey: string, account: ZFileAccount, z: ShiftReport): string {
  const report = JSON.stringify(z);
  const { host, appId } = account;
  const seal = sealOf(appKey, account, report).toString('hex');
  return `${JSON.stringify({ format: FORMAT, host, appId, report, seal })}\n`;
}

export type ZFileRead =
  | { readonly ok: true; readonly report: ShiftReport }
  /**
   * `not-a-z`: no such file; `other-shop`: another account's; `forged`: altered, or sealed with another key.
   */
  | { readonly ok: false; readonly problem: 'not-a-z' | 'other-shop' | 'forged' };

/** An App key of null: the file's seal was verified before. */
export function readZFile(appKey: string | null, account: ZFileAccount, text: string): ZFileRead {
  let file: z.infer<typeof fileSchema>;
  try {
    file = fileSchema.parse(JSON.parse(text));
  } catch {
    return { ok: false, problem: 'not-a-z' };
  }
  if (file.host !== account.host || file.appId !== account.appId) return { ok: false, problem: 'other-shop' };
  const seal = appKey === null ? null : sealOf(appKey, account, file.report);
  if (seal !== null && !timingSafeEqual(seal, Buffer.from(file.seal, 'hex')))
    return { ok: false, problem: 'forged' };
  try {
    const report = shiftReportSchema.parse(JSON.parse(file.report));
    return report.kind === 'z' ? { ok: true, report } : { ok: false, problem: 'not-a-z' };
  } catch {
    return { ok: false, problem: 'not-a-z' };
  }
}
