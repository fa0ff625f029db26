import { Fragment } from 'react'
import classes from './card.module.css'

interface Script {
  text: string
  /** What stands for `{name}`; empty ones are shown by their title. */
  variables: Record<string, string>
  titles?: Record<string, string>
  /** Before the talk the first phrase is read; after it the script steps back. */
  look?: 'now' | 'soon' | 'over'
}

/** What an operator says: paragraphs with what is known of this customer set in. */
export function CardScript({ text, variables, titles = {}, look = 'now' }: Script) {
  const paragraphs = text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '')
  if (paragraphs.length === 0) return null
  return (
    <div className={classes.script} data-look={look}>
      {paragraphs.map((paragraph, at) => <p key={at} className={at === 0 ? undefined : classes.then}><Spoken text={paragraph} variables={variables} titles={titles} /></p>)}
    </div>
  )
}

function Spoken({ text, variables, titles }: Required<Pick<Script, 'text' | 'variables' | 'titles'>>) {
  return text.split(/(\{[a-z0-9_.-]+\})/i).map((part, at) => {
    const name = /^\{(.+)\}$/.exec(part)?.[1]
    if (name === undefined) return <Fragment key={at}>{part}</Fragment>
    return <em key={at}>{variables[name] || `[${titles[name] ?? name}]`}</em>
  })
}
