import postcss, { type Container, type Rule } from 'postcss'
import type { Plugin } from 'vite'

/** Mantine brings the styles of every control it has; each has a class of this form, which stands in the control's code. */
const CLASS = /\bm_[0-9a-f]{4,10}\b/g

/** Mantine's palettes that we never name: colour is left for states, and those are ours. */
const OTHERS_COLOUR = /^--mantine-color-(pink|grape|violet|indigo|cyan|teal|green|lime|yellow|orange)-/

/** Rules for controls that no page uses, and colours that no page has, are left out of the built styles. */
export function usedStyles(): Plugin {
  return {
    name: 'used-styles',
    apply: 'build',
    generateBundle(_, bundle) {
      const pieces = Object.values(bundle)
      const used = new Set(pieces.flatMap((piece) => (piece.type === 'chunk' ? (piece.code.match(CLASS) ?? []) : [])))
      for (const piece of pieces) {
        if (piece.type === 'asset' && piece.fileName.endsWith('.css')) piece.source = withUsed(String(piece.source), used)
      }
    },
  }
}

function withUsed(css: string, used: ReadonlySet<string>): string {
  const root = postcss.parse(css)
  root.walkDecls(OTHERS_COLOUR, (colour) => void colour.remove())
  root.walkRules((rule) => prune(rule, used))
  root.walkAtRules((rule) => {
    if (rule.nodes?.length === 0) rule.remove()
  })
  return root.toString()
}

function prune(rule: Rule, used: ReadonlySet<string>): void {
  if (isKeyframe(rule)) return
  const kept = rule.selectors.filter((selector) => (selector.match(CLASS) ?? []).every((name) => used.has(name)))
  if (kept.length === 0) rule.remove()
  else if (kept.length < rule.selectors.length) rule.selectors = kept
}

const isKeyframe = ({ parent }: Rule): boolean =>
  (parent as Container | undefined)?.type === 'atrule' && (parent as unknown as { name: string }).name.endsWith('keyframes')
