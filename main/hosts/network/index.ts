export { readSystemAuthorities, type SystemAuthorities } from './system-authorities.ts';
export { proxyOf, sayWay, waysOf } from './ways.ts';
