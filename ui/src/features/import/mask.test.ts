import { describe, expect, it } from 'vitest'
import { masked, maskedPair } from './mask'

describe('numbers of persons in a preview', () => {
  it('are masked, whatever they are written with', () => {
    expect(masked('990102194203152428')).toBe('990102********2428')
    expect(masked('９９０１０２１９４２０３１５２４２８')).toBe('990102********2428')
    expect(masked('16012345678')).toBe('160****5678')
  })
  it('are masked inside the number of a disability certificate too', () => {
    expect(masked('99010219420315242852')).toBe('990102********242852')
    expect(masked('99010219420315242x52')).toBe('990102********242x52')
  })
  it('stay whole where two differ only in what would be hidden, and other texts always do', () => {
    expect(maskedPair('16012345678', '16099995678')).toEqual(['16012345678', '16099995678'])
    expect(masked('3号楼502室')).toBe('3号楼502室')
  })
})
