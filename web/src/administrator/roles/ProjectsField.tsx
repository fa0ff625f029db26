import { MultiSelect, SegmentedControl } from '@mantine/core'
import { useProjects } from '../projects/PickProject'
import classes from './roles.module.css'
import { useWords } from './words'

interface ProjectsProps {
  /** null: all. */
  value: readonly string[] | null
  onChange: (projects: string[] | null) => void
  error?: string
}

/** For all projects, or only for some. */
export function ProjectsField({ value, onChange, error }: ProjectsProps) {
  const say = useWords()
  const data = useProjects()
  return (
    <div className={classes.projects}>
      <div className={classes.label} id="for-projects">{say('projects')}</div>
      <SegmentedControl aria-labelledby="for-projects" value={value === null ? 'every' : 'some'} onChange={(chosen) => onChange(chosen === 'every' ? null : [])}
        data={[{ value: 'every', label: say('every_project') }, { value: 'some', label: say('some_projects') }]} />
      {value !== null && <MultiSelect aria-label={say('projects_pick')} placeholder={value.length === 0 ? say('projects_pick') : undefined} searchable hidePickedOptions data={data} value={[...value]} onChange={onChange} error={error} />}
      {value?.length === 0 && <div className={classes.hint}>{say('projects_none')}</div>}
    </div>
  )
}
