import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconPlus, IconX } from '@tabler/icons-react'
import type { ClipboardEvent } from 'react'
import { inLanguage, useLanguage } from '~/kit/words'
import { reordered, replaced, without } from '../frame/lists'
import { blankChoice, type Choice, renamed, retitled, withChoices } from './card'
import classes from './cards.module.css'
import { useWords } from './words'

interface ChoicesProps {
  choices: readonly Choice[]
  /** Keys that are published. */
  fixed: ReadonlySet<string>
  onChange: (choices: Choice[]) => void
  /** What is wrong there: `.3.title.en` of them. */
  error: (path: string) => string | undefined
}

/** The entries of a list, in both languages; several lines can be pasted at once. */
export function Choices({ choices, fixed, onChange, error }: ChoicesProps) {
  const say = useWords()
  const add = () => onChange([...choices, blankChoice('', choices.map(({ key }) => key))])
  const paste = (event: ClipboardEvent, at: number) => {
    const lines = event.clipboardData.getData('text').split(/\r?\n/)
    if (lines.length < 2) return
    event.preventDefault()
    const empty = inLanguage(choices[at]!.title) === ''
    onChange(withChoices(empty ? without(choices, at) : choices, lines))
  }
  return (
    <div className={classes.choices} role="group" aria-label={say('choices')}>
      <div className={classes.label}>{say('choices')}</div>
      {choices.map((choice, at) => (
        <ChoiceLine key={at} choice={choice} others={choices.filter((_, n) => n !== at).map(({ key }) => key)} fixed={fixed.has(choice.key)} first={at === 0} last={at === choices.length - 1} error={(place) => error(`.${at}${place}`)} paste={(event) => paste(event, at)}
          change={(part) => onChange(replaced(choices, at, { ...choice, ...part }))} move={(by) => onChange(reordered(choices, at, at + by))} drop={() => onChange(without(choices, at))} />
      ))}
      {choices.length === 0 && <p className={classes.fault}>{say('choices_missing')}</p>}
      <div className={classes.inline}><Button size="xs" leftSection={<IconPlus size={14} />} onClick={add}>{say('add_choice')}</Button><span className={classes.hint}>{say('choices_hint')}</span></div>
    </div>
  )
}

interface LineProps {
  choice: Choice
  others: readonly string[]
  fixed: boolean
  first: boolean
  last: boolean
  error: (place: string) => string | undefined
  paste: (event: ClipboardEvent) => void
  change: (part: Partial<Choice>) => void
  move: (by: number) => void
  drop: () => void
}

function ChoiceLine({ choice, others, fixed, first, last, error, paste, change, move, drop }: LineProps) {
  const say = useWords()
  const language = useLanguage()
  const second = language === 'ru' ? 'en' : 'ru'
  const { title } = choice
  const name = title[language] || say('choice_new')
  return (
    <div className={classes.choice}>
      <TextInput size="xs" aria-label={say('title')} placeholder={say('choice_new')} autoFocus={title[language] === ''} value={title[language]} error={error(`.title.${language}`) ?? error('')} onPaste={paste}
        onChange={(event) => change(renamed(choice, retitled(title, language, event.currentTarget.value), language, others, fixed, 'choice'))} />
      <TextInput size="xs" aria-label={say('title_second')} placeholder={say('title_second')} value={title[second] === title[language] ? '' : title[second]} error={error(`.title.${second}`)}
        onChange={(event) => change({ title: { ...title, [second]: event.currentTarget.value || title[language] } })} />
      <TextInput size="xs" className={fixed ? classes.fixed : undefined} aria-label={`${say('key')}: ${name}`} title={say(fixed ? 'key_fixed' : 'key_hint')} readOnly={fixed} value={choice.key} error={error('.key')} onChange={(event) => change({ key: event.currentTarget.value })} />
      <ActionIcon size="sm" variant="subtle" color="gray" disabled={first} aria-label={say('move_up', { title: name })} onClick={() => move(-1)}><IconChevronUp size={15} /></ActionIcon>
      <ActionIcon size="sm" variant="subtle" color="gray" disabled={last} aria-label={say('move_down', { title: name })} onClick={() => move(1)}><IconChevronDown size={15} /></ActionIcon>
      <ActionIcon size="sm" variant="subtle" color="gray" aria-label={say('drop', { title: name })} onClick={drop}><IconX size={14} /></ActionIcon>
    </div>
  )
}
