import { asProblem, csrfMark } from './client'
import { Refused, Unreachable } from './problem'

interface Upload {
  method?: 'PUT' | 'POST'
  /** Such as `/api/prompts/welcome/ru/sound`. */
  path: string
  field: string
  file: Blob
  name: string
  /** A share, 0 to 1, of what was sent. */
  onProgress: (share: number) => void
  signal: AbortSignal
}

/** Send a file and tell how far it is, which `fetch` can't. Throws: Refused; Unreachable; AbortError. */
export function upload<T>({ method = 'PUT', path, field, file, name, onProgress, signal }: Upload): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, path)
    request.responseType = 'json'
    const mark = csrfMark()
    if (mark !== null) request.setRequestHeader('X-CSRF-Token', mark)
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onload = () => (request.status < 300 ? resolve(request.response as T) : reject(new Refused(asProblem(request.response, request.status), request.status)))
    request.onerror = () => reject(new Unreachable())
    request.onabort = () => reject(new DOMException('Cancelled', 'AbortError'))
    signal.addEventListener('abort', () => request.abort())
    const form = new FormData()
    form.append(field, file, name)
    request.send(form)
  })
}
