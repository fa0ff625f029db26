import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { create } from 'zustand'
import type { Schemas } from './client'

/** A kept fact as the feed tells it; `story` is null for facts of operators and of the house. */
export type Kept = Schemas['Kept']

type Listener = (kept: Kept) => void

interface Connection {
  up: boolean
  /** When it was lost, by this machine's clock. */
  since: number
}

/** Whether facts reach this page now. */
export const useConnection = create<Connection>(() => ({ up: true, since: Date.now() }))

const listeners = new Set<Listener>()

const NOT_ALLOWED = 4401
const SNAPSHOT_NEEDED = 4409
const LONGEST_PAUSE = 8000

/** The one WebSocket of the page; it goes on where it stopped. */
export class Feed {
  private socket: WebSocket | null = null
  private last: number | null = null
  private pause = 500
  private retry: ReturnType<typeof setTimeout> | undefined
  private closed = false

  constructor(private readonly fresh: () => void, private readonly signedOut: () => void) {
    this.open()
  }

  close(): void {
    this.closed = true
    clearTimeout(this.retry)
    this.socket?.close()
  }

  private open(): void {
    const after = this.last === null ? '' : `?after=${this.last}`
    const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/feed${after}`)
    this.socket = socket
    socket.onopen = () => this.opened()
    socket.onmessage = ({ data }) => this.heard(JSON.parse(data as string) as Kept)
    socket.onclose = ({ code }) => this.lost(code)
  }

  private opened(): void {
    this.pause = 500
    useConnection.setState({ up: true, since: Date.now() })
    // Without a number nobody tells us what was missed since the snapshots were taken.
    if (this.last === null) this.fresh()
  }

  private heard(kept: Kept): void {
    this.last = kept.seq
    for (const listener of listeners) listener(kept)
  }

  private lost(code: number): void {
    if (this.closed) return
    if (code === NOT_ALLOWED) return this.signedOut()
    if (code === SNAPSHOT_NEEDED) this.last = null
    if (useConnection.getState().up) useConnection.setState({ up: false, since: Date.now() })
    this.retry = setTimeout(() => this.open(), this.pause)
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE)
  }
}

/** Open the feed while somebody is signed in; call it once, in the shell. */
export function useFeedOpen(signedOut: () => void): void {
  const queries = useQueryClient()
  const latest = useRef(signedOut)
  latest.current = signedOut
  useEffect(() => {
    const opened = new Feed(() => void queries.invalidateQueries(), () => latest.current())
    return () => opened.close()
  }, [queries])
}

/** Hear every fact that this person may hear. */
export function useFacts(listener: Listener): void {
  const latest = useRef(listener)
  latest.current = listener
  useEffect(() => {
    const hear: Listener = (kept) => latest.current(kept)
    listeners.add(hear)
    return () => void listeners.delete(hear)
  }, [])
}

const AT_MOST_EVERY = 200

/** Ask again for what a query shows once a fact that matters was told; a burst of facts asks once. */
export function useFreshOn(key: QueryKey, matters: (kept: Kept) => boolean): void {
  const queries = useQueryClient()
  const due = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useFacts((kept) => {
    if (due.current !== undefined || !matters(kept)) return
    due.current = setTimeout(() => {
      due.current = undefined
      void queries.invalidateQueries({ queryKey: key })
    }, AT_MOST_EVERY)
  })
  useEffect(() => () => clearTimeout(due.current), [])
}
