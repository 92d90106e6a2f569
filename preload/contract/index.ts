export * from './bridge.ts';
export * from './channel-names.ts';
export * from './channels.ts';
export * from './errors.ts';
export * from './money.ts';
export * from './result.ts';
export * from './snapshot.ts';
export * from './states.ts';
