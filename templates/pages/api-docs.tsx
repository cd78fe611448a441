import type { VNode } from 'preact'
import { Icon } from '../icon.tsx'
import type { Speech, Translate } from '../translate.ts'

export type ApiDocsProps = Speech & {
  readonly title: string
  readonly version: string
  readonly description?: string | undefined
  /** Where the machine-readable document is. */
  readonly specHref: string
  readonly groups: readonly ApiGroup[]
}

export type ApiGroup = {
  /** The tag; also the anchor of the group. */
  readonly name: string
  readonly description?: string | undefined
  readonly operations: readonly ApiOperation[]
}

export type ApiOperation = {
  /** Unique in the document; the anchor of the operation. */
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly summary: string
  readonly description?: string | undefined
  /** Who may call it, in words. */
  readonly access?: string | undefined
  readonly deprecated?: boolean | undefined
  readonly parameters: readonly ApiParameter[]
  readonly body?: ApiPayload | undefined
  readonly responses: readonly ApiResponse[]
}

export type ApiParameter = {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly required: boolean
  readonly type: string
  readonly description?: string | undefined
}

export type ApiPayload = {
  readonly contentType: string
  /** JSON Schema, indented for reading. */
  readonly schema: string
}

export type ApiResponse = {
  readonly status: string
  readonly description: string
  readonly payload?: ApiPayload | undefined
}

/** The OpenAPI document as a page: groups, and inside them calls that open in place. */
export function ApiDocsPage(props: ApiDocsProps): VNode {
  const { t, groups } = props
  return (
    <div class="api">
      <nav class="api-nav" aria-label={t('api.groups')}>
        {groups.map(({ name, operations }) => (
          <a key={name} href={`#${anchor(name)}`}>
            <span>{name}</span>
            <span>{operations.length}</span>
          </a>
        ))}
      </nav>
      <div class="api-main">
        <header class="page-head">
          <h1>{props.title}</h1>
          <p class="page-lead">{props.description ?? t('api.lead')}</p>
          <p class="api-facts">
            <span>{t('api.version', { version: props.version })}</span>
            <a href={props.specHref}>
              <Icon name="file-text" size={18} /> OpenAPI 3.1
            </a>
          </p>
        </header>
        {groups.map((group) => (
          <section key={group.name} class="api-group" id={anchor(group.name)}>
            <h2>{group.name}</h2>
            {group.description && <p>{group.description}</p>}
            {group.operations.map((operation) => (
              <Operation key={operation.id} t={t} operation={operation} />
            ))}
          </section>
        ))}
      </div>
    </div>
  )
}

type OperationProps = { readonly t: Translate; readonly operation: ApiOperation }

function Operation({ t, operation }: OperationProps): VNode {
  return (
    <details class="api-operation" id={anchor(operation.id)}>
      <summary>
        <span class={`api-method api-${operation.method.toLowerCase()}`}>{operation.method}</span>
        <code>{operation.path}</code>
        <span class="api-summary">{operation.summary}</span>
        {operation.deprecated && <span class="state state-warn">{t('api.deprecated')}</span>}
        <Icon name="chevron-down" size={18} />
      </summary>
      <div class="api-details">
        {operation.description && <p>{operation.description}</p>}
        {operation.access && (
          <p class="api-access">
            <Icon name="key-round" size={18} /> {operation.access}
          </p>
        )}
        <Parameters t={t} operation={operation} />
        {operation.body && (
          <>
            <h3>{t('api.body')}</h3>
            <Payload {...operation.body} label={t('api.body')} />
          </>
        )}
        <h3>{t('api.responses')}</h3>
        <ul class="api-responses">
          {operation.responses.map((response) => (
            <li key={response.status}>
              <p>
                <strong>{response.status}</strong> {response.description}
              </p>
              {response.payload && (
                <Payload
                  {...response.payload}
                  label={`${t('api.responses')}, ${response.status}`}
                />
              )}
            </li>
          ))}
        </ul>
      </div>
    </details>
  )
}

function Parameters({ t, operation }: OperationProps): VNode | null {
  if (operation.parameters.length === 0) return null
  return (
    <>
      <h3>{t('api.parameters')}</h3>
      <dl class="api-parameters">
        {operation.parameters.map((parameter) => (
          <div key={`${parameter.in}.${parameter.name}`}>
            <dt>
              <code>{parameter.name}</code>
              <span>{t(`api.in.${parameter.in}`)}</span>
              {parameter.required && <span>{t('api.required')}</span>}
            </dt>
            <dd>
              <code>{parameter.type}</code> {parameter.description}
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}

/** Long schemas scroll inside their box, so the box takes the keyboard's focus. */
function Payload({ contentType, schema, label }: ApiPayload & { readonly label: string }): VNode {
  return (
    <figure class="api-payload">
      <figcaption>{contentType}</figcaption>
      <pre tabIndex={0} role="region" aria-label={label}>
        <code>{schema}</code>
      </pre>
    </figure>
  )
}

function anchor(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-')
}
