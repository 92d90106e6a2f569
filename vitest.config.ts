import { defineConfig } from 'vitest/config';

/** Whether the simulator finds what is planted, and tells of it: apart from what it says of the till. */
const simulatorsOwn = ['controls', 'hang', 'mutants', 'network', 'replay'].map(
  (name) => `test/simulation/${name}.test.ts`,
);

// Forks, not threads: a native module that dies takes only its own test file along.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          pool: 'forks',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/electron/**', 'test/torture/**', 'test/simulation/**'],
          // For a machine that does much else: nothing in a test waits for time itself.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'electron',
          environment: 'node',
          pool: 'forks',
          include: ['test/electron/**/*.test.ts'],
          // Each file opens windows of its own: more than two at once starve each other.
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'simulation',
          environment: 'node',
          pool: 'forks',
          include: ['test/simulation/**/*.test.ts'],
          exclude: simulatorsOwn,
          maxWorkers: 2,
          testTimeout: 3_600_000,
        },
      },
      {
        test: {
          name: 'simulator',
          environment: 'node',
          pool: 'forks',
          include: simulatorsOwn,
          maxWorkers: 2,
          testTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'torture',
          environment: 'node',
          pool: 'forks',
          include: ['test/torture/**/*.test.ts'],
          globalSetup: ['test/torture/support/build.ts'],
          maxWorkers: 2,
          testTimeout: 600_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
