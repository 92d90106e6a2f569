import { z } from 'zod';

// Imported before the contract: a schema decides when it is made whether it may compile itself, and
// the page's policy forbids `new Function`.
z.config({ jitless: true });
