import type { KeyObject } from 'node:crypto';
import { type FeedUrl, mayAskAt } from './ask-feed.ts';
import { publicKeyOf } from './release-list.ts';

/** The one place that a release asks. A shop's firewall lets this host through. */
export const FEED_URL: FeedUrl = 'https://updates.counterfoil.app/stable/';

/**
 * Whose lists count: the key that signs now and the one that comes next, each the 32 bytes of an Ed25519 key in base64,
 * as `npm run release:keys` prints them. While there are none a program takes no update, and none is released.
 */
export const RELEASE_KEYS: readonly string[] = [];

/**
 * The common name of the certificate that installers for Windows are signed with. While it is empty none is started by an
 * update.
 */
export const WINDOWS_PUBLISHER: string = '';

/** Only a test build looks at these. */
const TEST_FEED = 'COUNTERFOIL_UPDATE_FEED';
const TEST_KEY = 'COUNTERFOIL_UPDATE_KEY';

export interface FeedOf {
  readonly url: FeedUrl;
  readonly keys: readonly KeyObject[];
}

/** Which feed this program follows; null where it follows none. A release cannot be told another one. */
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
