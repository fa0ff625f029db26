import { Button } from '@mantine/core'
import clsx from 'clsx'
import { type ReactNode, useState } from 'react'
import { asText } from '~/kit/card/CardField'
import { CardForm, focusField } from '~/kit/card/CardForm'
import { CardScript } from '~/kit/card/CardScript'
import { byDigit, Dispositions } from '~/kit/card/Dispositions'
import { Lamp } from '~/kit/Lamp'
import { isRefused } from '~/api/problem'
import { Note, sentenceOf } from '~/kit/refusals'
import { SavedMark } from '~/kit/SavedMark'
import { KeyHint } from '~/kit/small'
import { inLanguage, useLanguage } from '~/kit/words'
import { type DeskCard, useFreshDesk } from '~/phone/desk'
import { useKeys } from '~/kit/keys'
import { useWords } from '../words'
import classes from './pane.module.css'
import { RESULT, shownIn } from './draft'
import { NotSaved } from './filling'
import { setInto } from './script'
import { useFilling } from './useFilling'
import { missingIn } from './useMissing'

/** The card of a call: what to say, what to ask, and the result; each letter is kept. */
export function CardPane({ card, children }: { card: DeskCard; children?: ReactNode }) {
  const { filling, filled } = useFilling(card)
  const [asked, setAsked] = useState(false)
  const language = useLanguage()
  const values = shownIn(filled.draft)
  const missing = missingIn(card, values)
  const over = card.wrap_up_since !== null
  if (!card.definition) return null
  const faults = Object.fromEntries(Object.entries(filled.draft.faults).map(([key, fault]) => [key, fault[language]]))
  return (
    <>
      <Head title={card.definition.title}>{children}<SavedMark saving={filled.saving} /></Head>
      <div className={classes.paper}>
        <Script card={card} over={over} values={values} />
        <Rivals card={card} rivals={filled.draft.rivals} take={(key) => filling.yield(key)} />
        <CardForm card={card.definition} values={values} faults={faults} missing={asked || over ? missing : []} saved={filled.draft.saved}
          onType={(key, value) => filling.type(key, value)} onLeave={() => void filling.flush()} />
      </div>
      <Closing card={card} missing={missing} chosen={(values[RESULT] as string | null) ?? null} marked={asked || over}
        choose={(key) => filling.type(RESULT, key)} ask={() => setAsked(true)} close={() => filling.close()} />
    </>
  )
}

export function Head({ title, narrow, children }: { title: ReactNode; narrow?: boolean; children?: ReactNode }) {
  return <header className={clsx(classes.head, narrow && classes.narrow)}><h1 className={classes.title}>{title}</h1>{children}</header>
}

function Script({ card, over, values }: { card: DeskCard; over: boolean; values: Record<string, unknown> }) {
  const say = useWords()
  const { definition } = card
  if (over) return <CardScript look="over" text={say('talk_over')} variables={{}} />
  const known = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value == null ? '' : String(value)]))
  const titles = Object.fromEntries((definition?.fields ?? []).map(({ key, title }) => [key, inLanguage(title)]))
  return <CardScript text={definition?.script ?? ''} variables={{ ...known, ...setInto(definition?.script ?? '', card.script) }} titles={titles} />
}

/** Never over what is being typed here: the other value stands beside it, to be taken or left. */
function Rivals({ card, rivals, take }: { card: DeskCard; rivals: Record<string, unknown>; take: (key: string) => void }) {
  const say = useWords()
  const fields = card.definition?.fields ?? []
  return Object.entries(rivals).map(([key, value]) => {
    const field = fields.find((one) => one.key === key)
    const text = field ? asText(field, value as string | number | boolean | null, '✓', '') : String(value ?? '')
    return (
      <div key={key} className={classes.rival}>
        <Note tone="warn" action={<Button size="compact-sm" onClick={() => take(key)}>{say('rival_take')}</Button>}>
          {field && <b>{inLanguage(field.title)}. </b>}{text ? say('rival', { value: text }) : say('rival_nothing')}
        </Note>
      </div>
    )
  })
}

interface Ending {
  card: DeskCard
  missing: readonly string[]
  chosen: string | null
  /** Whether what is missing is to be seen by now. */
  marked: boolean
  choose: (key: string | null) => void
  ask: () => void
  close: () => Promise<void>
}

function Closing(ending: Ending) {
  const { card, missing, chosen, choose, marked } = ending
  const say = useWords()
  const { close, why, busy } = useClosing(ending)
  const results = card.definition?.dispositions ?? []
  const digits = Object.fromEntries(byDigit(results, chosen).map(({ key }, at) => [`Alt+Digit${at + 1}`, () => choose(key === chosen ? null : key)]))
  useKeys({ 'Control+Enter': close, ...digits })
  return (
    <footer className={classes.result}>
      {results.length > 0 && (
        <>
          <div className={classes.resultHead}>
            <span className={classes.label}>{say('result')}</span><KeyHint>Alt 1…{Math.min(9, results.length)}</KeyHint>
            {marked && missing.includes(RESULT) ? <span className={classes.unchosen}><Lamp state="warn" />{say('result_missing')}</span> : card.wrap_up_since === null && <span className={classes.early}>{say('result_early')}</span>}
          </div>
          <Dispositions dispositions={results} chosen={chosen} onChoose={choose} />
        </>
      )}
      {why !== null && <Note tone="bad">{why}</Note>}
      <div className={classes.closeRow}>
        <Missing card={card} missing={missing} marked={marked} />
        <Button variant="filled" className={classes.close} loading={busy} onClick={close} rightSection={<KeyHint inverse>Ctrl ↵</KeyHint>}>{say('close_card')}</Button>
      </div>
    </footer>
  )
}

/** The button stays live: it leads to the first thing that is missing. */
function useClosing({ missing, ask, close }: Ending) {
  const fresh = useFreshDesk()
  const [why, setWhy] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const send = async () => {
    setBusy(true)
    setWhy(null)
    try {
      await close()
    } catch (refused) {
      setWhy(refused instanceof NotSaved || !isRefused(refused, 'call.not_now') ? wordsOf(refused) : null)
    } finally {
      setBusy(false)
      fresh()
    }
  }
  const act = () => {
    ask()
    const [first] = missing
    if (first === undefined) void send()
    else focusField(first === RESULT ? 'disposition' : first)
  }
  return { close: act, why, busy }
}

const wordsOf = (why: unknown): string => (why instanceof NotSaved ? why.message : sentenceOf(why))

function Missing({ card, missing, marked }: Pick<Ending, 'card' | 'missing' | 'marked'>) {
  const say = useWords()
  if (missing.length === 0) return <span />
  const titleOf = (key: string) => {
    const field = card.definition?.fields.find((one) => one.key === key)
    return field ? inLanguage(field.title) : say('result')
  }
  return (
    <span className={clsx(classes.missing, !marked && classes.missingQuiet)}>
      {marked && <Lamp state="warn" />}{say(marked ? 'still_missing' : 'missing')}
      {missing.map((key, at) => (
        <span key={key}>{at > 0 && ', '}<button type="button" className={classes.link} onClick={() => focusField(key === RESULT ? 'disposition' : key)}>{titleOf(key)}</button></span>
      ))}
    </span>
  )
}
