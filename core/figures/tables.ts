export interface FigureTables {
  figures: { readonly name: string; readonly at: string; readonly value: number }
  figure_marks: { readonly name: string; readonly seq: number }
}
