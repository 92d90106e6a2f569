export { readSystemAuthorities, type SystemAuthorities } from './system-authorities.ts';
export { describeRoute, proxyOf, waysOf } from './ways.ts';
