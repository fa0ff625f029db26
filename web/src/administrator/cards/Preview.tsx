import { Anchor, Button } from '@mantine/core'
import { useState } from 'react'
import { useMe } from '~/api/session'
import type { FieldValue } from '~/kit/card/CardField'
import { CardForm, focusField, type Values } from '~/kit/card/CardForm'
import { CardScript } from '~/kit/card/CardScript'
import { Dispositions } from '~/kit/card/Dispositions'
import { inLanguage, useLanguage } from '~/kit/words'
import { type Card, missingIn } from './card'
import classes from './cards.module.css'
import { useWords } from './words'

const SAMPLE_NUMBER = '+79161234567'

/** What a card opens with in a call of our example customer. */
export const openedWith = (card: Card, sample: Record<string, string>): Values =>
  Object.fromEntries(card.fields.flatMap(({ key, filled_from: from }) => (from && sample[from] !== undefined ? [[key, sample[from]]] : [])))

/** What has no title yet has its place all the same. */
const titled = <T extends { title: { en: string; ru: string } }>(part: T): T => ({ ...part, title: { en: part.title.en || '…', ru: part.title.ru || '…' } })

/** The card with a customer of our own: it can be typed in, and nothing is kept. */
export function Preview({ card }: { card: Card }) {
  const say = useWords()
  const me = useMe()
  const language = useLanguage()
  const sample = { caller_name: say('sample_name'), caller_number: SAMPLE_NUMBER, dialled: '101', language }
  const [typed, setTyped] = useState<Values>({})
  const [chosen, setChosen] = useState<string | null>(null)
  const [asked, setAsked] = useState(false)
  const values = { ...openedWith(card, sample), ...typed }
  const missing = missingIn(card, values, chosen)
  const titles = Object.fromEntries(card.fields.map(({ key, title }) => [key, inLanguage(title)]))
  const shown = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value == null ? '' : String(value)]))
  const type = (key: string, value: FieldValue) => setTyped({ ...typed, [key]: value })
  const anew = () => { setTyped({}); setChosen(null); setAsked(false) }
  return (
    <section className={classes.preview} aria-label={say('preview')}>
      <div className={classes.previewHead}><h2 className={classes.previewTitle}>{say('preview')}</h2><span className={classes.hint}>{say('preview_try')}</span><Anchor component="button" type="button" fz="inherit" onClick={anew}>{say('preview_clear')}</Anchor></div>
      <div className={classes.paper}>
        <div className={classes.cardTitle}>{card.title || '…'}</div>
        <CardScript text={card.script ?? ''} variables={{ ...sample, ...shown, operator: me.name || say('sample_operator') }} titles={titles} />
        <CardForm card={{ fields: card.fields.map((field) => ({ ...titled(field), choices: field.choices?.map(titled) })) }} values={values} onType={type} missing={asked ? missing : []} />
        <div className={classes.closing}>
          {(card.dispositions ?? []).length > 0 && <><div className={classes.label}>{say('result')}</div><Dispositions dispositions={(card.dispositions ?? []).map(titled)} chosen={chosen} onChoose={setChosen} /></>}
          <div className={classes.inline}>
            <span className={classes.hint} role="status">{asked && (missing.length > 0 ? say('preview_missing', { fields: missing.map((key) => titles[key] ?? say('result')).join(', ') }) : say('preview_fine'))}</span>
            <Button size="xs" onClick={() => { setAsked(true); if (missing[0]) focusField(missing[0]) }}>{say('preview_close')}</Button>
          </div>
        </div>
      </div>
    </section>
  )
}
