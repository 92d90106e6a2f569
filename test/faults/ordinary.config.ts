import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import type { Reporter } from 'vitest/node';
import { slashed } from '../kit/slashes.ts';
import type { FaultList } from './fault.ts';
import { lists } from './faults.ts';
import { ordinary, type Told } from './ordinary.ts';
import { plant } from './plant.ts';
import { projectIndex, projectRoot as root } from './source-index.ts';

// One project a fault, in which the modules that it changes are read with it: `ordinary.deep.test.ts` runs this file.

const faults = Object.assign({}, ...Object.values(lists)) as FaultList;

const projectOf = ({ fault, by }: (typeof ordinary)[number]): TestProjectInlineConfiguration => {
  const planted = plant(faults[fault]?.changes ?? [], projectIndex());
  const texts = new Map([...planted].map(([file, text]) => [slashed(join(root, file)), text]));
  return {
    plugins: [{ name: fault, enforce: 'pre', transform: (_code, id) => texts.get(id) ?? null }],
    test: {
      name: fault,
      root,
      env: { COUNTERFOIL_TEST_DEPTH: 'sample' },
      include: [`test/${by}.test.ts`],
      pool: 'forks',
      isolate: false,
      // What is kept of a module is kept by its text on the disk.
      fsModuleCache: false,
      testTimeout: 30_000,
    },
  };
};

/** Tells of each fault which tests failed with it. */
const teller: Reporter = {
  onTestRunEnd: (modules) => {
    const told: Told = Object.fromEntries(
      modules.map(({ project, children }) => [
        project.name,
        [...children.allTests('failed')].map(({ fullName }) => fullName),
      ]),
    );
    writeFileSync(process.env['COUNTERFOIL_TOLD'] ?? '', JSON.stringify(told));
  },
};

// One check at a time: each project has a server of its own.
const own = ordinary.filter(({ check }) => check === process.env['COUNTERFOIL_CHECK']);

export default defineConfig({ test: { reporters: [teller], maxWorkers: 2, projects: own.map(projectOf) } });
