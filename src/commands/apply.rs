//! `apply`: makes a hub as a file says it is set up (rule 7.32).

use std::ffi::OsString;

use crate::commands::prelude::*;
use crate::context::{How, Interpreter, LineThings};
use crate::interchange::state::{read, text_of};
use crate::model::difference::DifferentLine;
use crate::model::state::{State, Step};
use crate::model::text::several;
use crate::output::Schemas;
use crate::output::progress::Progress;

/// How many changes `--prune` makes where nothing else is said: a file that lost its half is a mistake.
const PRUNED: usize = 20;

/// How many commands a question names.
const NAMED: usize = 5;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk apply hub.yaml --plan
  $ caredesk apply hub.yaml
  $ caredesk apply hub.yaml --prune --max-changes 5 --yes

The file is one of `caredesk export`, or a part of it: of what it does not name, nothing is changed. A list that it has is the
whole list: permissions and resources of an account, statuses of a queue, categories of a contract, links. Things are called by their whole
names, or by code where several have one name.")]
pub(crate) struct Apply {
    /// The file, in YAML or JSON; `-` is standard input
    #[arg(value_name = "FILE|-", value_hint = clap::ValueHint::FilePath)]
    file: Input,
    /// Show what would be different, and change nothing; exit with status 11 if something would
    #[arg(long)]
    plan: bool,
    /// Also put out of use what a list of the file could name and does not: queues, providers, programs, accounts
    #[arg(long)]
    prune: bool,
    /// Refuse to make more changes than this [default: 20 with --prune]
    #[arg(long, value_name = "N")]
    max_changes: Option<usize>,
}

view! {
    /// What was done.
    pub(crate) struct Applied("file", |view| &view.file) {
        file: String => Text,
        /// The commands that do the same by hand, in this order.
        commands: Vec<String> => Many,
    }
}

pub(crate) fn schema(schemas: &mut Schemas) {
    schemas.lists::<DifferentLine>().changes::<Applied>();
}

pub(crate) fn run(context: &Context, command: &Apply, interpreter: &dyn Interpreter) -> Result<()> {
    let before = context.state()?;
    let file = read(&command.file)?;
    let prune = command.prune.then_some(context.actor.account.login.as_str());
    let after = before.merged(&file, prune, |prefix| context.free_code(prefix).map(Some))?;
    let steps = before.steps_to(&after)?;
    if command.plan {
        return plan(context, command, before, after);
    }
    let applied = Applied { file: command.file.name(), commands: steps.iter().map(Step::line).collect() };
    if steps.is_empty() {
        let why = format!("the hub is as {} says", applied.file);
        return context.report(|| Ok(Some(Change::unchanged(applied).already(why))));
    }
    must_not_be_too_many(command, steps.len())?;
    if let Some(question) = question(&applied.file, &steps) {
        context.ask_first(&question)?;
    }
    let words = steps.iter().flat_map(Step::words).map(OsString::from).collect();
    context.together(&words, || {
        if context.state()? != before {
            return Err(changed_meanwhile());
        }
        let things = perform(context, interpreter, &steps)?;
        let now = context.state()?;
        let left = now.steps_to(&now.merged(&file, prune, |_| Ok(None))?)?;
        match left.first() {
            Some(step) => Err(not_as_it_says(step)),
            None => Ok(((), things)),
        }
    })?;
    let sentence = sentence(&applied);
    context.report(|| Ok(Some(Change::updated_only(applied).saying(sentence))))
}

fn plan(context: &Context, command: &Apply, before: State, after: State) -> Result<()> {
    let names = ["the hub as it is", &command.file.name()];
    if context.out.difference(&text_of(before)?, &text_of(after)?, names)? {
        context.out.note(&format!("the hub is as {} says", command.file.name()));
        return Ok(());
    }
    Err(Error::new(Kind::WouldChange, "would_change", "something would change"))
}

fn must_not_be_too_many(command: &Apply, changes: usize) -> Result<()> {
    let Some(most) = command.max_changes.or(command.prune.then_some(PRUNED)).filter(|most| changes > *most)
    else {
        return Ok(());
    };
    Err(Error::refused(
        "apply.too_many",
        format!("`{}` takes {changes} changes, and {most} are allowed", command.file.name()),
    )
    .hint("look at them with `--plan`; `--max-changes` allows more"))
}

/// What is lost by it is asked about; what is only new or other is not.
fn question(file: &str, steps: &[Step]) -> Option<String> {
    let lost: Vec<String> =
        steps.iter().filter(|step| step.ends_something()).map(|step| format!("`{}`", step.line())).collect();
    (!lost.is_empty()).then(|| {
        format!("Are you sure you want to apply `{file}`? It ends something: {}.", several(&lost, NAMED))
    })
}

fn not_as_it_says(left: &Step) -> Error {
    let message = "after all steps the hub is not as the file says, so nothing was changed";
    Error::internal(format!("{message}: `caredesk {}` would be left to do", left.line()))
}

fn changed_meanwhile() -> Error {
    Error::refused("changed_meanwhile", "the hub changed meanwhile, so nothing was done")
        .hint("look again with `--plan`, and repeat the command")
}

/// Takes the steps, and returns what became of the things of each.
fn perform(context: &Context, interpreter: &dyn Interpreter, steps: &[Step]) -> Result<Vec<LineThings>> {
    let mut progress = Progress::new(&context.out, "changes", steps.len() as u64);
    let perform = |step: &Step| {
        let ran = interpreter.run(&step.agreed(), How::default());
        progress.step(1);
        let place =
            |error: Error| error.at(&format!("`caredesk {}`", step.line())).ending("nothing was changed");
        ran.done.map_err(place)?;
        Ok(ran.heard.results())
    };
    steps.iter().map(perform).collect()
}

fn sentence(applied: &Applied) -> String {
    format!("Applied {}: {}.", applied.file, counted(applied.commands.len(), "change", "changes"))
}
