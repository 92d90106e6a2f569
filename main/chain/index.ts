export { type Chain, type ChainNeeds, createChain } from './slice.ts';
