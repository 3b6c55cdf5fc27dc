//! The search, from the administrators backwards.

use awspect_inventory::Unknown;
use awspect_policy::{Escalation, Gain};

use super::{Reach, Step, graph::Graph, node::Node, undecided};

/// What is known of a node so far.
#[derive(Clone)]
enum State {
    Open,
    Admin,
    /// The step that leads on, and whose rights it gives.
    Next(Step, Option<usize>),
    Doubt(Unknown),
}

/// How far each node gets.
pub(super) fn all(graph: &Graph<'_>) -> Vec<Reach> {
    let mut states: Vec<State> = graph.nodes.iter().map(start).collect();
    let mut frontier = indices(&states, |state| matches!(state, State::Admin));
    // Those that write the policies themselves are one step away, like those that take an administrator's rights.
    let mut next = writers(graph, &mut states);
    while !(frontier.is_empty() && next.is_empty()) {
        for target in std::mem::replace(&mut frontier, next) {
            frontier.extend(spread(graph, target, &mut states, true));
        }
        next = vec![];
    }
    doubts(graph, &mut states);
    let nodes = graph.nodes.iter().zip(&states);
    nodes.map(|(node, state)| reach(node, state, &states)).collect()
}

fn start(node: &Node<'_>) -> State {
    match &node.admin {
        Ok(true) if node.counts => State::Admin,
        _ => State::Open,
    }
}

fn indices(states: &[State], wanted: impl Fn(&State) -> bool) -> Vec<usize> {
    states.iter().enumerate().filter(|(_, state)| wanted(state)).map(|(index, _)| index).collect()
}

fn writers(graph: &Graph<'_>, states: &mut [State]) -> Vec<usize> {
    let mut reached = vec![];
    for (index, (node, state)) in graph.nodes.iter().zip(states).enumerate() {
        let way = node.ways.iter().find(|way| way.gain == Gain::Everything);
        if let (State::Open, Some(way), None) = (&*state, way, node.rights.unread()) {
            *state = State::Next(node.step(None, way.path, way.steps.clone()), None);
            reached.push(index);
        }
    }
    reached
}

/// Everybody who can take the target's rights and got nowhere yet. What cannot be decided is left in doubt.
///
/// Where the target itself is in doubt (`certain` is false), so is everybody who can take its rights.
fn spread(graph: &Graph<'_>, target: usize, states: &mut [State], certain: bool) -> Vec<usize> {
    let mut reached = vec![];
    let Some(goal) = graph.nodes.get(target) else { return reached };
    for index in graph.candidates(target) {
        let (Some(node), Some(state)) = (graph.nodes.get(index), states.get_mut(index)) else {
            continue;
        };
        let was_open = matches!(state, State::Open);
        if index == target || !(was_open || (certain && matches!(state, State::Doubt(_)))) {
            continue;
        }
        let doubt = match (graph.edge(node, goal), node.rights.unread()) {
            (Ok(None), _) => continue,
            (Ok(Some(step)), None) if certain => {
                *state = State::Next(step, Some(target));
                reached.push(index);
                continue;
            }
            (Ok(Some(_)), None) => undecided(format!("it depends on what {} can do", goal.arn)),
            (Ok(Some(_)), Some(unknown)) => unknown.clone(),
            (Err(unknown), _) => unknown,
        };
        if was_open {
            *state = State::Doubt(doubt);
            if !certain {
                reached.push(index);
            }
        }
    }
    reached
}

/// What could not be decided, and who depends on it.
fn doubts(graph: &Graph<'_>, states: &mut [State]) {
    for (node, state) in graph.nodes.iter().zip(states.iter_mut()) {
        if node.counts
            && matches!(state, State::Open)
            && let Some(unknown) = doubt(graph, node)
        {
            *state = State::Doubt(unknown);
        }
    }
    let mut frontier = indices(states, |state| matches!(state, State::Doubt(_)));
    while let Some(target) = frontier.pop() {
        frontier.extend(spread(graph, target, states, false));
    }
}

/// Why a node may get further than is known.
fn doubt(graph: &Graph<'_>, node: &Node<'_>) -> Option<Unknown> {
    let [users, roles, groups] = graph.unseen;
    let own = node.admin.as_ref().err().or(node.open.as_ref());
    let unread = node.rights.unread().filter(|_| node.has(|gain| gain == Gain::Everything));
    own.or(unread)
        .or(users.filter(|_| node.has(|gain| gain == Gain::User)))
        .or(groups.filter(|_| node.has(|gain| gain == Gain::Joined)))
        .or(roles.filter(|_| {
            let other = |gain| !matches!(gain, Gain::User | Gain::Joined | Gain::Everything);
            node.has(other) || graph.assumes(node)
        }))
        .cloned()
}

fn reach(node: &Node<'_>, state: &State, states: &[State]) -> Reach {
    match state {
        State::Admin => Reach::Admin,
        State::Doubt(unknown) => Reach::Unknown(unknown.clone()),
        State::Next(..) => {
            let mut steps = vec![];
            let mut at = Some(state);
            while let Some(State::Next(step, next)) = at {
                steps.push(step.clone());
                at = next.and_then(|next| states.get(next));
            }
            Reach::Steps(steps)
        }
        State::Open => {
            let free = |way: &&Escalation| {
                way.depends_on.is_empty()
                    && !matches!(way.gain, Gain::Everything | Gain::Assumed | Gain::Running(_))
            };
            let held: Vec<_> = node.ways.iter().filter(free).cloned().collect();
            if held.is_empty() { Reach::Never } else { Reach::Holds(held) }
        }
    }
}
