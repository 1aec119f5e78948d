// Which sheets ask to be filled rather than to be read.
import { expect, test } from 'vitest'
import type { InspectedSheet } from '@/bridge'
import { asksFor } from './useFormOffer'

const sheet = (kind: InspectedSheet['kind'], samples: string[]) => ({ kind, columns: [{ samples }] }) as unknown as InspectedSheet

test('blank forms ask to be filled; forms with data and lists do not', () => {
  expect(asksFor(sheet('blank_form', []))).toContain('空表')
  expect(asksFor(sheet('person_form', [' ']))).toContain('一人一表')
  expect(asksFor(sheet('person_form', ['王桂兰']))).toBe('')
  expect(asksFor(sheet('indicator_form', ['60周岁以上']))).toContain('填数')
  expect(asksFor(sheet('roster', []))).toBe('')
})
