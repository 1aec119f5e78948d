// Numbers of persons are not spread over the screen: the preview of a sheet shows them as the ledgers do.

/** Masks an ID number, the number of a disability certificate, which begins with one, or a mobile number; any other
 * text stays as it is. */
export function masked(text: string): string {
  const value = text.normalize('NFKC').replace(/\s/g, '')
  if (/^\d{17}[\dXx]$/.test(value)) return `${value.slice(0, 6)}********${value.slice(-4)}`
  if (/^\d{17}[\dXx][1-7][1-4][Bb]?\d?$/.test(value)) return `${value.slice(0, 6)}********${value.slice(14)}`
  if (/^1\d{10}$/.test(value)) return `${value.slice(0, 3)}****${value.slice(-4)}`
  return text
}

/** Masks two values that are compared, unless the difference would be hidden. */
export function maskedPair(before: string | null, after: string | null): [string, string] {
  const [one, two] = [before ?? '', after ?? '']
  return masked(one) === masked(two) ? [one, two] : [masked(one), masked(two)]
}
