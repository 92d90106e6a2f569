/**
 * Which tests of a file this run is for (`vitest.config.ts`): the sample that `npm test` takes within minutes, the depth
 * that `npm run test:deep` adds, or both where neither asked, as an editor does.
 */
const asked = process.env['COUNTERFOIL_TEST_DEPTH'] ?? '';

export const isInSample = asked !== 'deep';
export const isInDepth = asked !== 'sample';
