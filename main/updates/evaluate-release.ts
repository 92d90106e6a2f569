import { createHash } from 'node:crypto';
import { appError, err, ok, type Result } from '../../preload/contract/index.ts';
import type { PackageKind, ReleaseFile, ReleaseList } from './release-list.ts';
import { compareVersions, type Version } from './version.ts';

export interface Installed {
  readonly product: string;
  readonly version: Version;
  readonly platform: string;
  readonly arch: string;
  readonly kind: PackageKind;
}

/** Learnt from earlier lists, stored over restarts. */
export interface Seen {
  readonly tillId: string;
  /** 0 before the first list. */
  readonly newestIssuedAtMs: number;
  /** The highest of all lists; null before the first. */
  readonly floor: Version | null;
}

export interface Offer {
  readonly version: Version;
  readonly file: ReleaseFile;
}

export type Verdict =
  | { readonly kind: 'current' }
  /** Stopped by the publisher. */
  | { readonly kind: 'halted'; readonly version: Version }
  /** Other tills first. */
  | { readonly kind: 'not-yet'; readonly version: Version }
  | { readonly kind: 'offer'; readonly offer: Offer };

/** How far a PC's clock may be behind before a new list seems to come from the future. */
const CLOCK_MARGIN_MS = 86_400_000;

const dayOf = (unixMs: number): string => new Date(unixMs).toISOString().slice(0, 10);

function timeProblem({ issuedAt, expiresAt }: ReleaseList, seen: Seen, nowMs: number) {
  const issuedAtMs = Date.parse(issuedAt);
  const expiresAtMs = Date.parse(expiresAt);
  const now = dayOf(nowMs);
  if (issuedAtMs < seen.newestIssuedAtMs) {
    return appError('update-list-replayed', {
      issued: dayOf(issuedAtMs),
      newest: dayOf(seen.newestIssuedAtMs),
    });
  }
  if (nowMs > expiresAtMs) return appError('update-list-expired', { until: dayOf(expiresAtMs), now });
  if (issuedAtMs > nowMs + CLOCK_MARGIN_MS) {
    return appError('update-list-from-future', { issued: dayOf(issuedAtMs), now });
  }
  return null;
}

/**
 * What a signed list means for this till. A clock that is a year off makes a good list look expired or not issued yet:
 * then nothing is installed, and the error has both dates. Errors: update-list-other-product, update-list-replayed,
 * update-list-expired, update-list-from-future, update-older, update-below-floor, update-not-for-this-pc.
 */
export function evaluateRelease(
  list: ReleaseList,
  installed: Installed,
  seen: Seen,
  nowMs: number,
): Result<Verdict> {
  if (list.product !== installed.product) return err(appError('update-list-other-product'));
  const untimely = timeProblem(list, seen, nowMs);
  if (untimely !== null) return err(untimely);
  const { version } = list;
  if (seen.floor !== null && compareVersions(version, seen.floor) < 0) {
    return err(appError('update-below-floor', { version, floor: seen.floor }));
  }
  const step = compareVersions(version, installed.version);
  if (step < 0) return err(appError('update-older', { version, installed: installed.version }));
  if (step === 0) return ok({ kind: 'current' });
  if (list.halt) return ok({ kind: 'halted', version });
  if (stagePlace(seen.tillId, version) >= list.stagePercent) return ok({ kind: 'not-yet', version });
  const file = list.files.find(
    ({ platform, arch, kind }) =>
      platform === installed.platform && arch === installed.arch && kind === installed.kind,
  );
  if (file === undefined) return err(appError('update-not-for-this-pc', { version }));
  return ok({ kind: 'offer', offer: { version, file } });
}

/** What a valid list adds. */
export function learnt(seen: Seen, { issuedAt, floor }: ReleaseList): Seen {
  return {
    ...seen,
    newestIssuedAtMs: Math.max(seen.newestIssuedAtMs, Date.parse(issuedAt)),
    floor: seen.floor === null || compareVersions(floor, seen.floor) > 0 ? floor : seen.floor,
  };
}

/**
 * This till's place for this version, 0 to 99: stable, and another one for another version, so that it is not
 * always the same shops who go first.
 */
export function stagePlace(tillId: string, version: string): number {
  const digest = createHash('sha256').update(`${tillId}\n${version}`).digest();
  return digest.readUInt32BE(0) % 100;
}
