/** Numbers of a pasted text, one a line: spaces, brackets and dashes in them mean nothing; each once. */
export function pasted(text: string): string[] {
  const numbers = text.split(/[\n,;\t]+/).map((line) => line.replace(/[\s()-]/g, ''))
  return [...new Set(numbers.filter((number) => number !== ''))]
}
