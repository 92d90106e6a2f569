import { describe, expect, it } from 'vitest';
import {
  connectionOf,
  fieldOfError,
  type SetUpFields,
  setUpProblems,
  tillLanguage,
  timeZoneSuggestions,
} from '../../renderer/logic/set-up.ts';

const right: SetUpFields = {
  host: ' https://area1.kybio.com ',
  appId: 'A1',
  appKey: ' k ',
  tillName: 'Counter 1',
  storeTimeZone: 'Asia/Singapore',
  currency: 'sgd',
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
    expect(Object.keys(setUpProblems(empty, true))).toHaveLength(6);
    expect(setUpProblems({ ...right, storeTimeZone: 'Singapore City' })).toEqual({
      storeTimeZone: 'setUp.unknownTimeZone',
    });
    expect(setUpProblems({ ...right, currency: 'DOLLAR' })).toEqual({ currency: 'setUp.unknownCurrency' });
  });

  it('makes the manager PIN, the same twice', () => {
    expect(setUpProblems({ ...right, managerPinAgain: '271829' })).toEqual({
      managerPinAgain: 'manager.differ',
    });
    expect(setUpProblems({ ...right, managerPin: '' })).toMatchObject({
      managerPin: 'setUp.missing.managerPin',
    });
  });

  it.each([
    ['de-DE', 'en-DE'],
    ['zh-CN', 'en-CN'],
    ['zh-Hans-SG', 'en-SG'],
    ['en-SG', 'en-SG'],
    ['en', 'en'],
    ['de', 'en-DE'],
    ['zh-Hans', 'en-CN'],
    ['es-419', 'en'],
    ['', 'en'],
    ['not a language', 'en'],
  ])('writes numbers on a computer in %j as in %j', (computers, language) => {
    expect(tillLanguage(computers)).toBe(language);
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
