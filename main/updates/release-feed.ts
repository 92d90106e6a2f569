import type { KeyObject } from 'node:crypto';
import { type FeedUrl, mayAskAt } from './ask-feed.ts';
import { publicKeyOf } from './release-list.ts';

/** The only host that a release asks; a shop's firewall must allow it. */
export const FEED_URL: FeedUrl = 'https://updates.counterfoil.app/stable/';

/**
 * Ed25519 public keys whose lists count, the current and the next one, 32 bytes each in base64, as `npm run
 * release:keys` prints them. Without any a program takes no update, and none is released.
 */
export const RELEASE_KEYS: readonly string[] = [];

/** The common name of the certificate on Windows installers. While it is empty no update starts one. */
export const WINDOWS_PUBLISHER: string = '';

/** For test builds only. */
const TEST_FEED = 'COUNTERFOIL_UPDATE_FEED';
const TEST_KEY = 'COUNTERFOIL_UPDATE_KEY';

export interface FeedOf {
  readonly url: FeedUrl;
  readonly keys: readonly KeyObject[];
}

/** The feed to follow; null where there is none. A release ignores the environment. */
export function feedOf(
  release: boolean,
  env: Readonly<Record<string, string | undefined>>,
  releaseKeys: readonly string[] = RELEASE_KEYS,
): FeedOf | null {
  if (release) {
    return releaseKeys.length === 0 ? null : { url: FEED_URL, keys: releaseKeys.map(publicKeyOf) };
  }
  const { [TEST_FEED]: url, [TEST_KEY]: key } = env;
  if (url === undefined || key === undefined || !mayAskAt(url, true)) return null;
  return { url, keys: [publicKeyOf(key)] };
}
