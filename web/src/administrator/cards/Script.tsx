import { Textarea, UnstyledButton } from '@mantine/core'
import { useRef } from 'react'
import { Note } from '~/kit/refusals'
import { unknownIn } from './card'
import classes from './cards.module.css'
import { useEditing } from './editing'
import { useScriptVariables, type Variable } from './variables'
import { useWords } from './words'

/** What the operator says, with what is known of the customer set in. */
export function Script() {
  const say = useWords()
  const { card, change, error } = useEditing()
  const text = useRef<HTMLTextAreaElement>(null)
  const variables = useScriptVariables(card)
  const script = card.script ?? ''
  const unknown = unknownIn(script, new Set(variables.map(({ name }) => name)))
  const insert = ({ name }: Variable) => {
    const field = text.current
    const [from, to] = [field?.selectionStart ?? script.length, field?.selectionEnd ?? script.length]
    change({ script: `${script.slice(0, from)}{${name}}${script.slice(to)}` })
    requestAnimationFrame(() => {
      field?.focus()
      field?.setSelectionRange(from + name.length + 2, from + name.length + 2)
    })
  }
  return (
    <>
      <Textarea ref={text} aria-label={say('script')} description={say('script_hint')} autosize minRows={4} maxRows={14} value={script} error={error('script')} onChange={(event) => change({ script: event.currentTarget.value })} />
      <div className={classes.insert}>
        <span className={classes.hint}>{say('insert')}</span>
        {variables.map((variable) => <UnstyledButton key={variable.name} className={classes.variable} title={`{${variable.name}}`} onClick={() => insert(variable)}>{variable.about}</UnstyledButton>)}
      </div>
      {unknown.length > 0 && <Note tone="warn">{say('script_unknown', { count: unknown.length, names: unknown.map((name) => `{${name}}`).join(', ') })}</Note>}
    </>
  )
}
