
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'caredesk' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'caredesk'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'caredesk' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Make a new database; you become its first admin')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'See a small invented town outsource a week of care')
            [CompletionResult]::new('whoami', 'whoami', [CompletionResultType]::ParameterValue, 'Say who acts, and where')
            [CompletionResult]::new('provider', 'provider', [CompletionResultType]::ParameterValue, 'Organisations that deliver care')
            [CompletionResult]::new('client', 'client', [CompletionResultType]::ParameterValue, 'People who receive care')
            [CompletionResult]::new('queue', 'queue', [CompletionResultType]::ParameterValue, 'Named lists of referrals, with statuses of their own')
            [CompletionResult]::new('account', 'account', [CompletionResultType]::ParameterValue, 'People who act, and what they may do')
            [CompletionResult]::new('referral', 'referral', [CompletionResultType]::ParameterValue, 'Needs of clients')
            [CompletionResult]::new('visit', 'visit', [CompletionResultType]::ParameterValue, 'Planned calls of a referral')
            [CompletionResult]::new('schedule', 'schedule', [CompletionResultType]::ParameterValue, 'A referral''s visits as a calendar')
            [CompletionResult]::new('outsource', 'outsource', [CompletionResultType]::ParameterValue, 'Offer visits of a referral to several providers; the first to accept wins')
            [CompletionResult]::new('package', 'package', [CompletionResultType]::ParameterValue, 'Offered packages and the answers to them')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Who changed what, and when')
            [CompletionResult]::new('database', 'database', [CompletionResultType]::ParameterValue, 'Look after the database as a whole')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completions for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Write manual pages into a folder')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;init' {
            [CompletionResult]::new('--admin', '--admin', [CompletionResultType]::ParameterName, 'The login of the first admin [default: yours]')
            [CompletionResult]::new('--time-zone', '--time-zone', [CompletionResultType]::ParameterName, 'The time zone of the hub''s calendar, such as Europe/London')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--if-not-exists', '--if-not-exists', [CompletionResultType]::ParameterName, 'Leave a database that is there as it is')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;demo' {
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Take the providers from this HSDS directory instead of the invented town')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'Keep the database here, to look around in afterwards')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;whoami' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;provider' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a provider, with its agency record')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List providers by name')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a provider with its resources, phones and addresses')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is given; `none` clears')
            [CompletionResult]::new('activate', 'activate', [CompletionResultType]::ParameterValue, 'Offer packages to it again')
            [CompletionResult]::new('deactivate', 'deactivate', [CompletionResultType]::ParameterValue, 'Offer it nothing new; everything stays in the history')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over providers from a directory')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;provider;create' {
            [CompletionResult]::new('--email', '--email', [CompletionResultType]::ParameterName, 'Where to write')
            [CompletionResult]::new('--phone', '--phone', [CompletionResultType]::ParameterName, 'Where to call')
            [CompletionResult]::new('--postal-code', '--postal-code', [CompletionResultType]::ParameterName, 'Its postal code')
            [CompletionResult]::new('--url', '--url', [CompletionResultType]::ParameterName, 'Its page on the web')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--if-not-exists', '--if-not-exists', [CompletionResultType]::ParameterName, 'Leave a provider of this name as it is')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;provider;list' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Only names that begin so')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many [default on a terminal: 100]')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Go on after this one')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--active', '--active', [CompletionResultType]::ParameterName, 'Only active ones')
            [CompletionResult]::new('--inactive', '--inactive', [CompletionResultType]::ParameterName, 'Only inactive ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;provider;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;provider;edit' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Another name')
            [CompletionResult]::new('--email', '--email', [CompletionResultType]::ParameterName, 'Where to write')
            [CompletionResult]::new('--phone', '--phone', [CompletionResultType]::ParameterName, 'Where to call')
            [CompletionResult]::new('--postal-code', '--postal-code', [CompletionResultType]::ParameterName, 'Its postal code')
            [CompletionResult]::new('--url', '--url', [CompletionResultType]::ParameterName, 'Its page on the web')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;provider;activate' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;provider;deactivate' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;provider;import' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'The format [default: a folder or JSON is hsds, any other text is csv]')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'Which column of a table holds a field: name, id, alternate_name, description, email, phone, url, address, city, region, postal_code')
            [CompletionResult]::new('--source', '--source', [CompletionResultType]::ParameterName, 'Where they come from; ids count within their source [default: the name of the file or folder without its ending]')
            [CompletionResult]::new('--rejects', '--rejects', [CompletionResultType]::ParameterName, 'Write rejected rows as CSV with a column `error`; rows of several tables into files of their own (bad.csv becomes bad.services.csv and bad.phones.csv). A table that was put right can be imported again under the same --source')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--keep-going', '--keep-going', [CompletionResultType]::ParameterName, 'Take the good rows even where others are rejected, and exit with 9')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;provider;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a provider, with its agency record')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List providers by name')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a provider with its resources, phones and addresses')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is given; `none` clears')
            [CompletionResult]::new('activate', 'activate', [CompletionResultType]::ParameterValue, 'Offer packages to it again')
            [CompletionResult]::new('deactivate', 'deactivate', [CompletionResultType]::ParameterValue, 'Offer it nothing new; everything stays in the history')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over providers from a directory')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;provider;help;create' {
            break
        }
        'caredesk;provider;help;list' {
            break
        }
        'caredesk;provider;help;show' {
            break
        }
        'caredesk;provider;help;edit' {
            break
        }
        'caredesk;provider;help;activate' {
            break
        }
        'caredesk;provider;help;deactivate' {
            break
        }
        'caredesk;provider;help;import' {
            break
        }
        'caredesk;provider;help;help' {
            break
        }
        'caredesk;client' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a client')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List clients by name')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a client')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is given; `none` clears')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over clients from CSV tables or FHIR R4 patients; a second time changes nothing')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;client;create' {
            [CompletionResult]::new('--given', '--given', [CompletionResultType]::ParameterName, 'The given name')
            [CompletionResult]::new('--family', '--family', [CompletionResultType]::ParameterName, 'The family name')
            [CompletionResult]::new('--birth-date', '--birth-date', [CompletionResultType]::ParameterName, 'The day of birth, such as 1941-03-02')
            [CompletionResult]::new('--postal-code', '--postal-code', [CompletionResultType]::ParameterName, 'Where the person lives')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'The number that another system knows the person by')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--if-not-exists', '--if-not-exists', [CompletionResultType]::ParameterName, 'Leave a client with this id as it is; without an id, one of this name and birth date')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;client;list' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Only names that begin so')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many [default on a terminal: 100]')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Go on after this one')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;client;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;client;edit' {
            [CompletionResult]::new('--given', '--given', [CompletionResultType]::ParameterName, 'The given name')
            [CompletionResult]::new('--family', '--family', [CompletionResultType]::ParameterName, 'The family name')
            [CompletionResult]::new('--birth-date', '--birth-date', [CompletionResultType]::ParameterName, 'The day of birth, such as 1941-03-02')
            [CompletionResult]::new('--postal-code', '--postal-code', [CompletionResultType]::ParameterName, 'Where the person lives')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'The number that another system knows the person by')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;client;import' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'The format [default: recognised by the content]')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'Which column holds a field: `id`, `given`, `family`, `birth_date`, `postal_code`')
            [CompletionResult]::new('--source', '--source', [CompletionResultType]::ParameterName, 'Where they come from; an id counts within its source [default: the name of the file without its ending]')
            [CompletionResult]::new('--rejects', '--rejects', [CompletionResultType]::ParameterName, 'Write all rejected rows, with the reasons, into this file')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--without-ids', '--without-ids', [CompletionResultType]::ParameterName, 'Recognise people by the ids of the source, but do not keep those as ids of the clients')
            [CompletionResult]::new('--keep-going', '--keep-going', [CompletionResultType]::ParameterName, 'Take the good rows even where others are rejected')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;client;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a client')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List clients by name')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a client')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is given; `none` clears')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over clients from CSV tables or FHIR R4 patients; a second time changes nothing')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;client;help;create' {
            break
        }
        'caredesk;client;help;list' {
            break
        }
        'caredesk;client;help;show' {
            break
        }
        'caredesk;client;help;edit' {
            break
        }
        'caredesk;client;help;import' {
            break
        }
        'caredesk;client;help;help' {
            break
        }
        'caredesk;queue' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a queue')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List queues')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a queue and its statuses')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;queue;create' {
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'A status, in order; the first is where referrals arrive')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--if-not-exists', '--if-not-exists', [CompletionResultType]::ParameterName, 'Leave a queue of this name as it is')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;queue;list' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;queue;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;queue;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a queue')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List queues')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a queue and its statuses')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;queue;help;create' {
            break
        }
        'caredesk;queue;help;list' {
            break
        }
        'caredesk;queue;help;show' {
            break
        }
        'caredesk;queue;help;help' {
            break
        }
        'caredesk;account' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make an account')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List accounts by login')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an account')
            [CompletionResult]::new('set-password', 'set-password', [CompletionResultType]::ParameterValue, 'Give an account a password, which `--as` then asks for')
            [CompletionResult]::new('permit', 'permit', [CompletionResultType]::ParameterValue, 'Let a portal account do more')
            [CompletionResult]::new('forbid', 'forbid', [CompletionResultType]::ParameterValue, 'Let a portal account do less')
            [CompletionResult]::new('add-resource', 'add-resource', [CompletionResultType]::ParameterValue, 'Let a portal account act for resources')
            [CompletionResult]::new('remove-resource', 'remove-resource', [CompletionResultType]::ParameterValue, 'Take resources from a portal account')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Let an account act again')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Let an account act no more; everything stays in the history')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;account;create' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The person''s name')
            [CompletionResult]::new('--level', '--level', [CompletionResultType]::ParameterName, 'What the person may do')
            [CompletionResult]::new('--email', '--email', [CompletionResultType]::ParameterName, 'Where to write to the person')
            [CompletionResult]::new('--resource', '--resource', [CompletionResultType]::ParameterName, 'A resource it acts for; a provider stands for its agency record')
            [CompletionResult]::new('--can', '--can', [CompletionResultType]::ParameterName, 'What a portal account may do beyond looking')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file whose first line is the password')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'Ask for a password')
            [CompletionResult]::new('--if-not-exists', '--if-not-exists', [CompletionResultType]::ParameterName, 'Leave an account of this login as it is')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;account;list' {
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many [default on a terminal: 100]')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Go on after this one')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;account;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;account;set-password' {
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file whose first line is the password [default: asked for]')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;account;permit' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;account;forbid' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;account;add-resource' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;account;remove-resource' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;account;enable' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;account;disable' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;account;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make an account')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List accounts by login')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an account')
            [CompletionResult]::new('set-password', 'set-password', [CompletionResultType]::ParameterValue, 'Give an account a password, which `--as` then asks for')
            [CompletionResult]::new('permit', 'permit', [CompletionResultType]::ParameterValue, 'Let a portal account do more')
            [CompletionResult]::new('forbid', 'forbid', [CompletionResultType]::ParameterValue, 'Let a portal account do less')
            [CompletionResult]::new('add-resource', 'add-resource', [CompletionResultType]::ParameterValue, 'Let a portal account act for resources')
            [CompletionResult]::new('remove-resource', 'remove-resource', [CompletionResultType]::ParameterValue, 'Take resources from a portal account')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Let an account act again')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Let an account act no more; everything stays in the history')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;account;help;create' {
            break
        }
        'caredesk;account;help;list' {
            break
        }
        'caredesk;account;help;show' {
            break
        }
        'caredesk;account;help;set-password' {
            break
        }
        'caredesk;account;help;permit' {
            break
        }
        'caredesk;account;help;forbid' {
            break
        }
        'caredesk;account;help;add-resource' {
            break
        }
        'caredesk;account;help;remove-resource' {
            break
        }
        'caredesk;account;help;enable' {
            break
        }
        'caredesk;account;help;disable' {
            break
        }
        'caredesk;account;help;help' {
            break
        }
        'caredesk;referral' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Put a client into a queue')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List referrals, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a referral')
            [CompletionResult]::new('set-status', 'set-status', [CompletionResultType]::ParameterValue, 'Move a referral to another status of its queue')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;referral;create' {
            [CompletionResult]::new('--queue', '--queue', [CompletionResultType]::ParameterName, 'Which queue: its name or the beginning of it')
            [CompletionResult]::new('--client', '--client', [CompletionResultType]::ParameterName, 'The client: a code, an id or a name, or the beginning of one')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'Whatever else should be known')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;referral;list' {
            [CompletionResult]::new('--queue', '--queue', [CompletionResultType]::ParameterName, 'Only in this queue')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Only in a status of this name')
            [CompletionResult]::new('--client', '--client', [CompletionResultType]::ParameterName, 'Only of this client')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many [default on a terminal: 100]')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Go on after this one')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--open', '--open', [CompletionResultType]::ParameterName, 'Only in open statuses')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;referral;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;referral;set-status' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Only if it is in this status now')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'Replaces the note')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;referral;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Put a client into a queue')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List referrals, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a referral')
            [CompletionResult]::new('set-status', 'set-status', [CompletionResultType]::ParameterValue, 'Move a referral to another status of its queue')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;referral;help;create' {
            break
        }
        'caredesk;referral;help;list' {
            break
        }
        'caredesk;referral;help;show' {
            break
        }
        'caredesk;referral;help;set-status' {
            break
        }
        'caredesk;referral;help;help' {
            break
        }
        'caredesk;visit' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Plan a visit, or the same visit every week')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change when a visit is or how long it lasts')
            [CompletionResult]::new('cancel', 'cancel', [CompletionResultType]::ParameterValue, 'Cancel visits; they stay in the history')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the visits of a referral by time')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over visits from a table or a home-care instance; a second time changes nothing')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;visit;add' {
            [CompletionResult]::new('--start', '--start', [CompletionResultType]::ParameterName, '"2026-12-01 09:00", "tomorrow 9:30", "monday 18:00"')
            [CompletionResult]::new('--duration', '--duration', [CompletionResultType]::ParameterName, 'Minutes, or 45m, 1h, 1h30')
            [CompletionResult]::new('--weekly', '--weekly', [CompletionResultType]::ParameterName, 'Repeat on these days: mon,wed,fri, daily, weekdays, weekends')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'The last day of the repetition')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'Whatever else should be known')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;visit;edit' {
            [CompletionResult]::new('--start', '--start', [CompletionResultType]::ParameterName, 'When it is to be: "2026-12-01 09:00", "tomorrow 9:30", "monday 18:00"')
            [CompletionResult]::new('--duration', '--duration', [CompletionResultType]::ParameterName, 'Minutes, or 45m, 1h, 1h30')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, '`none` clears it')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;visit;cancel' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;visit;list' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Only from this day on')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Only up to this day')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many [default on a terminal: 100]')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Go on after this one')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--planned', '--planned', [CompletionResultType]::ParameterName, 'Leave cancelled visits out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;visit;import' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, '[default: hhcrsp for a .json file, otherwise csv]')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'The day that an instance is planned on')
            [CompletionResult]::new('--patient', '--patient', [CompletionResultType]::ParameterName, 'Only this patient of an instance; may be given several times')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'Which column of a table holds a field: start="Visit start"')
            [CompletionResult]::new('--rejects', '--rejects', [CompletionResultType]::ParameterName, 'Write the bad rows and what is wrong with them to this file')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--keep-going', '--keep-going', [CompletionResultType]::ParameterName, 'Take the good rows even if there are bad ones; the exit status is then 9')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;visit;help' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Plan a visit, or the same visit every week')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change when a visit is or how long it lasts')
            [CompletionResult]::new('cancel', 'cancel', [CompletionResultType]::ParameterValue, 'Cancel visits; they stay in the history')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the visits of a referral by time')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over visits from a table or a home-care instance; a second time changes nothing')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;visit;help;add' {
            break
        }
        'caredesk;visit;help;edit' {
            break
        }
        'caredesk;visit;help;cancel' {
            break
        }
        'caredesk;visit;help;list' {
            break
        }
        'caredesk;visit;help;import' {
            break
        }
        'caredesk;visit;help;help' {
            break
        }
        'caredesk;schedule' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Draw a week of a referral''s visits; as JSON or CSV, list them')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write a referral''s visits as an iCalendar file, without the client''s name')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;schedule;show' {
            [CompletionResult]::new('--week', '--week', [CompletionResultType]::ParameterName, '2026-W49, or any day in the week [default: this week, or the next one with a planned visit]')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;schedule;export' {
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Where to; `-` is the standard output')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Only from this day on')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Only up to this day')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--overwrite', '--overwrite', [CompletionResultType]::ParameterName, 'Replace the file if there is one')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;schedule;help' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Draw a week of a referral''s visits; as JSON or CSV, list them')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write a referral''s visits as an iCalendar file, without the client''s name')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;schedule;help;show' {
            break
        }
        'caredesk;schedule;help;export' {
            break
        }
        'caredesk;schedule;help;help' {
            break
        }
        'caredesk;outsource' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Offer visits of a referral to providers as one package')
            [CompletionResult]::new('add-provider', 'add-provider', [CompletionResultType]::ParameterValue, 'Ask more providers')
            [CompletionResult]::new('remove-provider', 'remove-provider', [CompletionResultType]::ParameterValue, 'Take providers out again; their answers stay in the history')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Recall a package: it vanishes from the providers'' lists and its visits are free again')
            [CompletionResult]::new('resend', 'resend', [CompletionResultType]::ParameterValue, 'Recall a package and send its visits, as they are now, to the same providers')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;outsource;create' {
            [CompletionResult]::new('--visit', '--visit', [CompletionResultType]::ParameterName, 'A visit of the referral; asked for on a terminal')
            [CompletionResult]::new('--provider', '--provider', [CompletionResultType]::ParameterName, 'A provider to ask; asked for on a terminal')
            [CompletionResult]::new('--reference', '--reference', [CompletionResultType]::ParameterName, 'What to call the package [default: its code]')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--all-visits', '--all-visits', [CompletionResultType]::ParameterName, 'Every planned visit that is in no package yet')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;outsource;add-provider' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;outsource;remove-provider' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;outsource;delete' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;outsource;resend' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;outsource;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Offer visits of a referral to providers as one package')
            [CompletionResult]::new('add-provider', 'add-provider', [CompletionResultType]::ParameterValue, 'Ask more providers')
            [CompletionResult]::new('remove-provider', 'remove-provider', [CompletionResultType]::ParameterValue, 'Take providers out again; their answers stay in the history')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Recall a package: it vanishes from the providers'' lists and its visits are free again')
            [CompletionResult]::new('resend', 'resend', [CompletionResultType]::ParameterValue, 'Recall a package and send its visits, as they are now, to the same providers')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;outsource;help;create' {
            break
        }
        'caredesk;outsource;help;add-provider' {
            break
        }
        'caredesk;outsource;help;remove-provider' {
            break
        }
        'caredesk;outsource;help;delete' {
            break
        }
        'caredesk;outsource;help;resend' {
            break
        }
        'caredesk;outsource;help;help' {
            break
        }
        'caredesk;package' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List packages, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a package with its visits and the answers to it')
            [CompletionResult]::new('respond', 'respond', [CompletionResultType]::ParameterValue, 'Accept or reject a package for a provider; the first to accept wins, and an answer is final')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Give a package another reference')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;package;list' {
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Only in this status; recalled ones are listed only so')
            [CompletionResult]::new('--provider', '--provider', [CompletionResultType]::ParameterName, 'Only those offered to this provider')
            [CompletionResult]::new('--referral', '--referral', [CompletionResultType]::ParameterName, 'Only of this referral')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many [default on a terminal: 100]')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Go on after this one')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;package;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;package;respond' {
            [CompletionResult]::new('--provider', '--provider', [CompletionResultType]::ParameterName, 'Who answers: its code or name, or the beginning of either')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why not')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--accept', '--accept', [CompletionResultType]::ParameterName, 'Take the whole package')
            [CompletionResult]::new('--reject', '--reject', [CompletionResultType]::ParameterName, 'Decline the whole package')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;package;rename' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;package;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List packages, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a package with its visits and the answers to it')
            [CompletionResult]::new('respond', 'respond', [CompletionResultType]::ParameterValue, 'Accept or reject a package for a provider; the first to accept wins, and an answer is final')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Give a package another reference')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;package;help;list' {
            break
        }
        'caredesk;package;help;show' {
            break
        }
        'caredesk;package;help;respond' {
            break
        }
        'caredesk;package;help;rename' {
            break
        }
        'caredesk;package;help;help' {
            break
        }
        'caredesk;audit' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List changes, the newest first')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check that no entry was changed or taken out')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;audit;list' {
            [CompletionResult]::new('--on', '--on', [CompletionResultType]::ParameterName, 'Only changes of this thing: its code, login or name')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'Only changes by this login, or in its name')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Only entries before this number')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;audit;verify' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;audit;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List changes, the newest first')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check that no entry was changed or taken out')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;audit;help;list' {
            break
        }
        'caredesk;audit;help;verify' {
            break
        }
        'caredesk;audit;help;help' {
            break
        }
        'caredesk;database' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Bring an older database up to date, after a copy was set aside; every other command does so too')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Look for damage, and for anything that breaks a promise of the program')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;database;migrate' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;database;check' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;database;help' {
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Bring an older database up to date, after a copy was set aside; every other command does so too')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Look for damage, and for anything that breaks a promise of the program')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;database;help;migrate' {
            break
        }
        'caredesk;database;help;check' {
            break
        }
        'caredesk;database;help;help' {
            break
        }
        'caredesk;completions' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;man' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or postgres://user:password@host/database')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;help' {
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Make a new database; you become its first admin')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'See a small invented town outsource a week of care')
            [CompletionResult]::new('whoami', 'whoami', [CompletionResultType]::ParameterValue, 'Say who acts, and where')
            [CompletionResult]::new('provider', 'provider', [CompletionResultType]::ParameterValue, 'Organisations that deliver care')
            [CompletionResult]::new('client', 'client', [CompletionResultType]::ParameterValue, 'People who receive care')
            [CompletionResult]::new('queue', 'queue', [CompletionResultType]::ParameterValue, 'Named lists of referrals, with statuses of their own')
            [CompletionResult]::new('account', 'account', [CompletionResultType]::ParameterValue, 'People who act, and what they may do')
            [CompletionResult]::new('referral', 'referral', [CompletionResultType]::ParameterValue, 'Needs of clients')
            [CompletionResult]::new('visit', 'visit', [CompletionResultType]::ParameterValue, 'Planned calls of a referral')
            [CompletionResult]::new('schedule', 'schedule', [CompletionResultType]::ParameterValue, 'A referral''s visits as a calendar')
            [CompletionResult]::new('outsource', 'outsource', [CompletionResultType]::ParameterValue, 'Offer visits of a referral to several providers; the first to accept wins')
            [CompletionResult]::new('package', 'package', [CompletionResultType]::ParameterValue, 'Offered packages and the answers to them')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Who changed what, and when')
            [CompletionResult]::new('database', 'database', [CompletionResultType]::ParameterValue, 'Look after the database as a whole')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completions for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Write manual pages into a folder')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;help;init' {
            break
        }
        'caredesk;help;demo' {
            break
        }
        'caredesk;help;whoami' {
            break
        }
        'caredesk;help;provider' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a provider, with its agency record')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List providers by name')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a provider with its resources, phones and addresses')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is given; `none` clears')
            [CompletionResult]::new('activate', 'activate', [CompletionResultType]::ParameterValue, 'Offer packages to it again')
            [CompletionResult]::new('deactivate', 'deactivate', [CompletionResultType]::ParameterValue, 'Offer it nothing new; everything stays in the history')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over providers from a directory')
            break
        }
        'caredesk;help;provider;create' {
            break
        }
        'caredesk;help;provider;list' {
            break
        }
        'caredesk;help;provider;show' {
            break
        }
        'caredesk;help;provider;edit' {
            break
        }
        'caredesk;help;provider;activate' {
            break
        }
        'caredesk;help;provider;deactivate' {
            break
        }
        'caredesk;help;provider;import' {
            break
        }
        'caredesk;help;client' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a client')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List clients by name')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a client')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is given; `none` clears')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over clients from CSV tables or FHIR R4 patients; a second time changes nothing')
            break
        }
        'caredesk;help;client;create' {
            break
        }
        'caredesk;help;client;list' {
            break
        }
        'caredesk;help;client;show' {
            break
        }
        'caredesk;help;client;edit' {
            break
        }
        'caredesk;help;client;import' {
            break
        }
        'caredesk;help;queue' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a queue')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List queues')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a queue and its statuses')
            break
        }
        'caredesk;help;queue;create' {
            break
        }
        'caredesk;help;queue;list' {
            break
        }
        'caredesk;help;queue;show' {
            break
        }
        'caredesk;help;account' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make an account')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List accounts by login')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an account')
            [CompletionResult]::new('set-password', 'set-password', [CompletionResultType]::ParameterValue, 'Give an account a password, which `--as` then asks for')
            [CompletionResult]::new('permit', 'permit', [CompletionResultType]::ParameterValue, 'Let a portal account do more')
            [CompletionResult]::new('forbid', 'forbid', [CompletionResultType]::ParameterValue, 'Let a portal account do less')
            [CompletionResult]::new('add-resource', 'add-resource', [CompletionResultType]::ParameterValue, 'Let a portal account act for resources')
            [CompletionResult]::new('remove-resource', 'remove-resource', [CompletionResultType]::ParameterValue, 'Take resources from a portal account')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Let an account act again')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Let an account act no more; everything stays in the history')
            break
        }
        'caredesk;help;account;create' {
            break
        }
        'caredesk;help;account;list' {
            break
        }
        'caredesk;help;account;show' {
            break
        }
        'caredesk;help;account;set-password' {
            break
        }
        'caredesk;help;account;permit' {
            break
        }
        'caredesk;help;account;forbid' {
            break
        }
        'caredesk;help;account;add-resource' {
            break
        }
        'caredesk;help;account;remove-resource' {
            break
        }
        'caredesk;help;account;enable' {
            break
        }
        'caredesk;help;account;disable' {
            break
        }
        'caredesk;help;referral' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Put a client into a queue')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List referrals, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a referral')
            [CompletionResult]::new('set-status', 'set-status', [CompletionResultType]::ParameterValue, 'Move a referral to another status of its queue')
            break
        }
        'caredesk;help;referral;create' {
            break
        }
        'caredesk;help;referral;list' {
            break
        }
        'caredesk;help;referral;show' {
            break
        }
        'caredesk;help;referral;set-status' {
            break
        }
        'caredesk;help;visit' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Plan a visit, or the same visit every week')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change when a visit is or how long it lasts')
            [CompletionResult]::new('cancel', 'cancel', [CompletionResultType]::ParameterValue, 'Cancel visits; they stay in the history')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the visits of a referral by time')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over visits from a table or a home-care instance; a second time changes nothing')
            break
        }
        'caredesk;help;visit;add' {
            break
        }
        'caredesk;help;visit;edit' {
            break
        }
        'caredesk;help;visit;cancel' {
            break
        }
        'caredesk;help;visit;list' {
            break
        }
        'caredesk;help;visit;import' {
            break
        }
        'caredesk;help;schedule' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Draw a week of a referral''s visits; as JSON or CSV, list them')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write a referral''s visits as an iCalendar file, without the client''s name')
            break
        }
        'caredesk;help;schedule;show' {
            break
        }
        'caredesk;help;schedule;export' {
            break
        }
        'caredesk;help;outsource' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Offer visits of a referral to providers as one package')
            [CompletionResult]::new('add-provider', 'add-provider', [CompletionResultType]::ParameterValue, 'Ask more providers')
            [CompletionResult]::new('remove-provider', 'remove-provider', [CompletionResultType]::ParameterValue, 'Take providers out again; their answers stay in the history')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Recall a package: it vanishes from the providers'' lists and its visits are free again')
            [CompletionResult]::new('resend', 'resend', [CompletionResultType]::ParameterValue, 'Recall a package and send its visits, as they are now, to the same providers')
            break
        }
        'caredesk;help;outsource;create' {
            break
        }
        'caredesk;help;outsource;add-provider' {
            break
        }
        'caredesk;help;outsource;remove-provider' {
            break
        }
        'caredesk;help;outsource;delete' {
            break
        }
        'caredesk;help;outsource;resend' {
            break
        }
        'caredesk;help;package' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List packages, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a package with its visits and the answers to it')
            [CompletionResult]::new('respond', 'respond', [CompletionResultType]::ParameterValue, 'Accept or reject a package for a provider; the first to accept wins, and an answer is final')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Give a package another reference')
            break
        }
        'caredesk;help;package;list' {
            break
        }
        'caredesk;help;package;show' {
            break
        }
        'caredesk;help;package;respond' {
            break
        }
        'caredesk;help;package;rename' {
            break
        }
        'caredesk;help;audit' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List changes, the newest first')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check that no entry was changed or taken out')
            break
        }
        'caredesk;help;audit;list' {
            break
        }
        'caredesk;help;audit;verify' {
            break
        }
        'caredesk;help;database' {
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Bring an older database up to date, after a copy was set aside; every other command does so too')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Look for damage, and for anything that breaks a promise of the program')
            break
        }
        'caredesk;help;database;migrate' {
            break
        }
        'caredesk;help;database;check' {
            break
        }
        'caredesk;help;completions' {
            break
        }
        'caredesk;help;man' {
            break
        }
        'caredesk;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
