import { describe, expect, it } from 'vitest';
import {
  connectionOf,
  fieldOfError,
  newTillOf,
  type SetUpFields,
  setUpProblems,
  timeZoneSuggestions,
} from '../../../../renderer/app/set-up/set-up.ts';

const right: SetUpFields = {
  host: ' https://area1.kybio.com ',
  appId: 'A1',
  appKey: ' k ',
  tillName: 'Counter 1',
  storeTimeZone: 'Asia/Singapore',
  currency: 'sgd',
  tillNumber: ' 2 ',
  tillCount: '3',
  managerPin: '271828',
  managerPinAgain: '271828',
};

describe('set-up', () => {
  it('takes what is right, trimmed; the manager PIN does not travel with it', () => {
    expect(setUpProblems(right)).toEqual({});
    expect(connectionOf(right, 'en')).toEqual({
      host: 'https://area1.kybio.com',
      appId: 'A1',
      appKey: 'k',
      tillName: 'Counter 1',
      storeTimeZone: 'Asia/Singapore',
      currency: 'SGD',
      language: 'en',
    });
  });

  it('names each field that is missing or unknown', () => {
    const empty = {
      ...right,
      host: '',
      appId: ' ',
      appKey: '',
      tillName: '',
      storeTimeZone: '',
      currency: '',
      managerPin: '',
      managerPinAgain: '',
    };
    expect(Object.keys(setUpProblems(empty))).toHaveLength(8);
    expect(Object.keys(setUpProblems(empty, true))).toHaveLength(5);
    expect(setUpProblems({ ...right, tillName: '' }, true)).toEqual({});
    expect(setUpProblems({ ...right, storeTimeZone: 'Singapore City' })).toEqual({
      storeTimeZone: 'setUp.unknownTimeZone',
    });
    expect(setUpProblems({ ...right, currency: 'DOLLAR' })).toEqual({ currency: 'setUp.unknownCurrency' });
  });

  it('takes which till of how many this is, whole numbers from 1', () => {
    expect(newTillOf(right, 'en')).toMatchObject({ tillNumber: 2, tillCount: 3, managerPin: '271828' });
    const place = (tillNumber: string, tillCount: string) =>
      setUpProblems({ ...right, tillNumber, tillCount });
    for (const [number, count] of [
      ['1', '1'],
      ['60', '60'],
    ] as const)
      expect(place(number, count)).toEqual({});
    for (const number of ['4', '0', '-1', '1.5', 'two', '1e0'])
      expect(place(number, '3')).toEqual({ tillNumber: 'setUp.wrongNumber' });
    for (const count of ['0', '1000001', '2.5', 'three'])
      expect(place('1', count)).toEqual({ tillCount: 'setUp.wrongCount' });
    expect(place('', '')).toEqual({
      tillNumber: 'setUp.missing.tillNumber',
      tillCount: 'setUp.missing.tillCount',
    });
    // KYBIO is told nothing of it.
    expect(setUpProblems({ ...right, tillNumber: '9' }, true)).toEqual({});
  });

  it('makes the manager PIN, the same twice', () => {
    expect(setUpProblems({ ...right, managerPinAgain: '271829' })).toEqual({
      managerPinAgain: 'manager.differ',
    });
    expect(setUpProblems({ ...right, managerPin: '' })).toMatchObject({
      managerPin: 'setUp.missing.managerPin',
    });
  });

  it('suggests zones until one is right', () => {
    expect(timeZoneSuggestions('singap', 4)).toEqual(['Asia/Singapore']);
    expect(timeZoneSuggestions('new york', 4)).toContain('America/New_York');
    expect(timeZoneSuggestions('Asia/Singapore', 4)).toEqual([]);
  });

  it('tells a failure beside the field concerned', () => {
    expect(fieldOfError({ code: 'key-refused' })).toBe('appKey');
    expect(fieldOfError({ code: 'host-insecure' })).toBe('host');
    expect(fieldOfError({ code: 'keyring-unavailable' })).toBeNull();
    expect(fieldOfError({ code: 'invalid-request', details: { field: 'tillName' } })).toBe('tillName');
  });
});
