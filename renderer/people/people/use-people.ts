import type { People } from '../../../preload/contract/index.ts';
import { useTopic } from '../../shared/topics.ts';

/** Only below what is shown while people are set up. */
export const usePeople = (): People =>
  useTopic('people', (people) => {
    if (people === null) throw new Error('nobody is set up');
    return people;
  });
