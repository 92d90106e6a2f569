export { type Chain, type ChainNeeds, createChain } from './slice.ts';
export type { ReadState } from './states/state-reader.ts';
export type { TillState } from './states/till-state.ts';
