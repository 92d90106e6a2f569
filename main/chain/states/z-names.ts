/** Any till's Z in the chain's folder, by its digest. */
export const Z_NAME = /^[0-9a-f]{16}-([0-9a-f]{32})\.json$/;

export const zNameOf = (tillId: string, digest: string): string => `${tillId}-${digest}.json`;
