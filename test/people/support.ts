import type { PersonRole } from '../../preload/contract/index.ts';
import { openProgram, type Program } from '../kit/program.ts';

export const TILL_PIN = '730194';
export const pins = { boss: '482915', mei: '391726', siti: '391726' } as const;

export interface Shop extends Program {
  /** The id of somebody by the name. */
  idOf(name: string): string;
  people(): NonNullable<ReturnType<Program['till']['snapshot']>['people']>;
}

export async function openWith(program: Program): Promise<Shop> {
  const people: Shop['people'] = () => {
    const shown = program.till.snapshot().people;
    if (shown === null) throw new Error('nobody is set up');
    return shown;
  };
  return { ...program, people, idOf: (name) => people().list.find((one) => one.name === name)?.id ?? name };
}

/** A practice till with the till's PIN, and nobody set up. */
export async function openTillOnly(options: Parameters<typeof openProgram>[0] = {}): Promise<Shop> {
  const program = openProgram(options);
  await program.till.start();
  await program.must('setup:openPractice', {});
  await program.must('manager:makePin', { pin: TILL_PIN, appKey: '' });
  return openWith(program);
}

/** Adds somebody; the PIN of the till vouches for the first. */
export async function add(shop: Shop, name: string, role: PersonRole, newPin: string): Promise<void> {
  const { people } = shop.till.snapshot();
  const version = people?.version ?? 0;
  await shop.must('people:add', { version, name, role, language: null, newPin, pin: TILL_PIN });
}

/** A manager, who is signed in, and a cashier. */
export async function openShop(options: Parameters<typeof openProgram>[0] = {}): Promise<Shop> {
  const shop = await openTillOnly(options);
  await add(shop, 'Boss', 'manager', pins.boss);
  await add(shop, 'Mei', 'cashier', pins.mei);
  return shop;
}

export const signIn = (shop: Shop, name: string, pin: string) =>
  shop.must('people:signIn', { person: shop.idOf(name), pin });
