import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { csvCell, spreadsheet } from './csv.ts'

suite('a table for a spreadsheet', () => {
  test('runs nothing, whatever somebody has called themselves', () => {
    for (const formula of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1']) {
      assert.equal(csvCell(formula), `"'${formula}"`)
    }
    assert.equal(csvCell('a "quoted", cell\nof two lines'), '"a ""quoted"", cell\nof two lines"')
    assert.equal(csvCell(null), '')
    assert.equal(csvCell(7), '7')
    assert.equal(csvCell({ name: '=1' }), '"{""name"":""=1""}"')
  })

  test('is parted as the spreadsheets of its language part, and says that it is UTF-8', () => {
    const rows = [
      ['Имя', 'Байты'],
      ['Вера; хозяйка', 7],
    ]
    assert.equal(spreadsheet(rows, 'ru'), '\uFEFF"Имя";"Байты"\r\n"Вера; хозяйка";7\r\n')
    assert.equal(spreadsheet(rows, 'en'), '\uFEFF"Имя","Байты"\r\n"Вера; хозяйка",7\r\n')
  })
})
