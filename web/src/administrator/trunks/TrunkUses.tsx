import { Link } from 'react-router'
import { pathOf } from '../frame/ThingsPage'
import { useThings } from '../frame/things'
import classes from './trunks.module.css'
import { useWords } from './words'

/** Which routes and emergency numbers take this line. */
export function TrunkUses({ trunk }: { trunk: string }) {
  const say = useWords()
  const uses = useUses(trunk)
  return (
    <div className={classes.uses}>
      {uses.length === 0 && <span className={classes.quiet}>{say('used_by_none')}</span>}
      {uses.map(({ to, title }) => <Link key={`${to} ${title}`} to={to}>{title}</Link>)}
      <Link to={`/set-up/routes?trunk=${trunk}`}>{say('test_number')}</Link>
    </div>
  )
}

function useUses(trunk: string): { to: string; title: string }[] {
  const say = useWords()
  const { data: routes = [] } = useThings('route')
  const { data: outbound = [] } = useThings('outbound_route')
  const { data: company = [] } = useThings('company')
  const coming = routes.filter(({ thing }) => thing.trunk == null || thing.trunk === trunk)
    .map(({ thing }) => ({ to: pathOf('route', thing.id), title: thing.trunk == null ? say('route_any', { title: thing.title }) : thing.title }))
  const going = outbound.filter(({ thing }) => thing.trunks.includes(trunk)).map(({ thing }) => ({ to: pathOf('outbound_route', thing.id), title: say('outbound', { title: thing.title }) }))
  const emergency = (company[0]?.thing.emergency ?? []).filter(({ trunks }) => trunks.includes(trunk)).map(({ number }) => ({ to: '/set-up/company', title: say('emergency', { number }) }))
  return [...coming, ...going, ...emergency]
}
