import { readFileSync } from 'node:fs';
import { bytes, fileOf, listOf, newKey, publish, ranged, startFeed } from '../../updates/feed.ts';

const dayMs = 86_400_000;

/** A feed on loopback that has nothing yet, and what a test build must be told to follow it. */
export async function startSignedFeed() {
  const feed = await startFeed();
  const { publicKey, privateKey } = newKey();
  const key = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
  return {
    env: { COUNTERFOIL_UPDATE_FEED: feed.url, COUNTERFOIL_UPDATE_KEY: key },
    /** The list is signed over the image as it is; `brought` is what is served for it. */
    publish: (version: string, image: string, brought: (image: Buffer) => Buffer = (it) => it) => {
      const body = readFileSync(image);
      const file = fileOf(version, body);
      const days = {
        issuedAt: new Date().toISOString(),
        expiresAt: new Date(Date.now() + dayMs).toISOString(),
      };
      publish(feed, listOf(version, file, { ...days, floor: '0.0.1' }), privateKey);
      const served = brought(body);
      feed.served.set(file.name, served === body ? ranged(body) : bytes(served));
      return file;
    },
  };
}
