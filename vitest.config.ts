import { existsSync, statfsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

// `npm test` runs `unit` and `electron`; CI also `electron-wide`, `simulation`, `torture`; `npm run test:deep` the others.
// A file that is named `*.deep.test.ts` is of the depth alone. Of a file in both, `test/kit/depth.ts` says which tests,
// or how many of a kind, each of them runs: nothing is run by both.

const deepFiles = 'test/**/*.deep.test.ts';

/** Unit tests that are in both: the one runs the few, the other the many. */
const unitInBoth = [
  'test/safety/backups/killed.test.ts',
  'test/app/told.property.test.ts',
  'test/day/shifts/steps.property.test.ts',
  'test/members/right-member.property.test.ts',
];

/** What waits for signers, printers or hundreds of shifts: a quarter of what unit tests take, and rarely what breaks. */
const slowUnit = [
  'test/app/what-waits.test.ts',
  'test/app/worlds-of-calls.test.ts',
  'test/day/reports/bounded-z.test.ts',
  'test/day/shifts/large.test.ts',
  'test/updates/appimage.test.ts',
  'test/updates/release-scripts.test.ts',
  'test/updates/trial/**/*.test.ts',
];

/** What people do all day, each once in a window, with its security checks and axe; what else has a window is CI's. */
const journeys = [
  'backups',
  'counter-form',
  'counter-keys',
  'counter-touch',
  'desk',
  'find',
  'first-look',
  'hands',
  'look-up',
  'lost-reply',
  'members',
  'offline',
  'owner',
  'people',
  'policy',
  'practice',
  'receipts',
  'review',
  'rules',
  'screens',
  'set-up',
  'shift',
  'top-up',
  'updates',
  'window',
  'security/*',
].map((name) => `test/electron/${name}.test.ts`);

/** They install what `npm run package:linux` has made. */
const packageFiles = ['test/package/**/*.deep.test.ts'];

/** What `npm test` has done already is not done again. */
const sample = { COUNTERFOIL_TEST_DEPTH: 'sample' };
const depth = { COUNTERFOIL_TEST_DEPTH: 'deep' };

/**
 * Data folders of unit tests lie in memory where there is room: what is real of a disk is torture's, and a commit that
 * waits for one makes these tests three times as long.
 */
const memory = '/dev/shm';
const roomBytes = 1_000_000_000;
const hasRoom = (folder: string): boolean => {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > roomBytes;
};
const quickFolder = hasRoom(memory) ? { TMPDIR: memory } : {};

// Forks, not threads: a native module that dies leaves the other worker, and the report. What is awaited may take its time on
// a machine that does much else; a second, as it would be, is none.
const shared = { environment: 'node', pool: 'forks', expect: { poll: { timeout: 45_000 } } } as const;

const unit = {
  ...shared,
  exclude: ['test/electron/**', 'test/torture/**', 'test/simulation/**', 'test/windows/**'],
  // Each file anew would load main two hundred times, half of what these tests cost. What one leaves behind in its
  // process is its own fault: each closes what it opens with the test.
  isolate: false,
  // A third of what they take is waiting for sockets, files and other processes: three keep both cores of two busy.
  maxWorkers: 3,
  // For a machine that does much else: nothing in a test waits for time itself.
  testTimeout: 240_000,
  hookTimeout: 240_000,
};

// Each file opens windows of its own: more than two at once starve each other. A driven window on a busy machine fails now
// and then by itself: it is tried once more, and `npm test` names at its end what needed that. What has no window is not.
const electron = { ...shared, maxWorkers: 2, testTimeout: 120_000, hookTimeout: 120_000, retry: 1 };

const torture = {
  ...shared,
  include: ['test/torture/**/*.test.ts'],
  globalSetup: ['test/torture/support/build.ts'],
  maxWorkers: 2,
  testTimeout: 600_000,
  hookTimeout: 60_000,
};

/** Set-ups of stand-ins under Wine; each file has a Windows of its own. */
const windowsInstaller = {
  ...shared,
  globalSetup: ['test/windows/installer/support/build.ts'],
  maxWorkers: 2,
  testTimeout: 240_000,
  hookTimeout: 240_000,
};

/** Whether the simulator finds what is planted, and tells of it: apart from what it says of the till. */
const simulatorsOwn = ['controls', 'hang', 'mutants', 'replay'].map(
  (name) => `test/simulation/${name}.deep.test.ts`,
);

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...unit,
          name: 'unit',
          env: { ...sample, ...quickFolder },
          include: ['test/**/*.test.ts'],
          exclude: [...unit.exclude, deepFiles, ...slowUnit],
        },
      },
      {
        test: {
          ...unit,
          name: 'unit-deep',
          env: { ...depth, ...quickFolder },
          include: [deepFiles, ...unitInBoth, ...slowUnit],
          exclude: [...unit.exclude, ...packageFiles],
        },
      },
      {
        test: {
          ...electron,
          name: 'electron',
          env: sample,
          include: journeys,
          exclude: [deepFiles],
        },
      },
      {
        test: {
          ...electron,
          name: 'electron-wide',
          env: sample,
          include: ['test/electron/**/*.test.ts'],
          exclude: [deepFiles, ...journeys],
        },
      },
      {
        test: {
          ...electron,
          name: 'electron-deep',
          env: depth,
          include: ['test/electron/**/*.deep.test.ts', 'test/electron/security/**/*.test.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'simulation',
          include: ['test/simulation/*.test.ts'],
          exclude: [deepFiles],
          maxWorkers: 2,
          // For what hangs: beside a load of fifty twelve thousand increments take ten minutes.
          testTimeout: 1_800_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'simulation-deep',
          include: ['test/simulation/*.deep.test.ts'],
          exclude: simulatorsOwn,
          maxWorkers: 2,
          testTimeout: 3_600_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'simulator',
          include: simulatorsOwn,
          maxWorkers: 2,
          testTimeout: 600_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...electron,
          name: 'package-deep',
          env: depth,
          include: packageFiles,
          testTimeout: 300_000,
        },
      },
      {
        test: { ...electron, name: 'windows-evidence', include: ['test/windows/evidence/**/*.test.ts'] },
      },
      {
        test: {
          ...windowsInstaller,
          name: 'windows-installer',
          include: ['test/windows/installer/**/*.test.ts'],
          exclude: [deepFiles],
        },
      },
      {
        test: {
          ...windowsInstaller,
          name: 'windows-installer-deep',
          include: ['test/windows/installer/**/*.deep.test.ts'],
        },
      },
      { test: { ...torture, name: 'torture', env: sample } },
      {
        // Under Windows' Node the slow ones too.
        test: {
          ...unit,
          name: 'windows-unit',
          env: sample,
          include: ['test/**/*.test.ts'],
          exclude: [...unit.exclude, deepFiles],
        },
      },
      {
        // By `npm run test:windows -- disk`, under Windows' Node; what no other system can show is marked there.
        test: {
          ...torture,
          name: 'windows-disk',
          env: sample,
          include: ['test/windows/disk/**/*.test.ts'],
          testTimeout: 120_000,
        },
      },
      { test: { ...torture, name: 'torture-deep', env: depth } },
    ],
  },
});
