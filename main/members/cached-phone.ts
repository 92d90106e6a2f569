/** How much of a member's phone this till has: all of it, the part the host shows, or nothing. */
export function cachedPhone(phone: string): 'whole' | 'part' | 'none' {
  if (!/\d/.test(phone)) return 'none';
  return phone.includes('*') || phone.includes('•') ? 'part' : 'whole';
}
