//! A connection to a server, on which no wait is without an end.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::runtime::{Builder, Runtime};
use tokio::time::{interval, timeout};
use tokio_postgres::config::Host;
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::{AsyncMessage, Client, Config, Connection, Socket};

use crate::db::{error, interrupt};
use crate::error::{Error, Kind, Result};

/// How soon an interrupt of a command is noticed.
const LOOK: Duration = Duration::from_millis(50);

/// How long the server may take to say goodbye.
const FAREWELL: Duration = Duration::from_secs(1);

/// Where the server warns that it has ended the wait for a standby.
const WAIT_FOR_STANDBY: &str = "SyncRepWaitForLSN";

pub(super) struct Link {
    runtime: Option<Runtime>,
    client: Option<Client>,
    traffic: Traffic,
    host: String,
}

/// What goes over the wire. It moves only while something is waited for.
struct Traffic {
    connection: Pin<Box<dyn Future<Output = Result<(), tokio_postgres::Error>>>>,
    heard: Rc<Heard>,
    is_over: bool,
}

/// What came with it.
#[derive(Default)]
struct Heard {
    notifications: Cell<u64>,
    /// Whether a commit was answered that no standby has confirmed.
    is_unconfirmed: Cell<bool>,
}

impl Heard {
    fn note(&self, message: &AsyncMessage) {
        match message {
            AsyncMessage::Notification(_) => self.notifications.set(self.notifications.get() + 1),
            // The words of a warning depend on the language of the server.
            AsyncMessage::Notice(notice) if notice.routine() == Some(WAIT_FOR_STANDBY) => {
                self.is_unconfirmed.set(true);
            }
            _ => {}
        }
    }
}

/// Moves what goes over the wire, and notes what comes with it.
async fn moved<S, T>(mut connection: Connection<S, T>, heard: Rc<Heard>) -> Result<(), tokio_postgres::Error>
where
    S: AsyncRead + AsyncWrite + Unpin,
    T: AsyncRead + AsyncWrite + Unpin,
{
    poll_fn(|cx| {
        loop {
            match ready!(connection.poll_message(cx)) {
                Some(Ok(message)) => heard.note(&message),
                Some(Err(error)) => return Poll::Ready(Err(error)),
                None => return Poll::Ready(Ok(())),
            }
        }
    })
    .await
}

impl Traffic {
    fn poll(&mut self, cx: &mut Context<'_>) -> Result<(), tokio_postgres::Error> {
        if self.is_over {
            return Ok(());
        }
        match self.connection.as_mut().poll(cx) {
            Poll::Pending => Ok(()),
            Poll::Ready(ended) => {
                self.is_over = true;
                ended
            }
        }
    }
}

/// What the server answers within the limit.
pub(super) async fn answered<T, E: Into<Error>>(
    limit: Duration, answer: impl Future<Output = Result<T, E>>,
) -> Result<T> {
    match timeout(limit, answer).await {
        Ok(answer) => answer.map_err(Into::into),
        Err(_) => Err(error::silent(limit)),
    }
}

/// The host of a configuration that has one.
fn host(config: &Config) -> String {
    let name = match config.get_hosts().first() {
        Some(Host::Tcp(name)) => name.clone(),
        #[cfg(unix)]
        Some(Host::Unix(path)) => path.display().to_string(),
        None => String::new(),
    };
    match config.get_ports().first() {
        Some(port) => format!("{name}:{port}"),
        None => name,
    }
}

impl Link {
    /// Connects to the host, which has to let us in within `limit`.
    pub(super) fn to<T>(config: &Config, tls: T, limit: Duration) -> Result<Self>
    where
        T: MakeTlsConnect<Socket>,
        T::Stream: 'static,
    {
        let runtime = Builder::new_current_thread().enable_io().enable_time().build().map_err(|error| {
            Error::new(
                Kind::Environment,
                "environment.network",
                format!("no connection can be opened: {error}"),
            )
        })?;
        let connected = runtime.block_on(answered(limit, config.connect(tls)));
        match connected {
            Ok((client, connection)) => {
                let heard = Rc::<Heard>::default();
                let connection = Box::pin(moved(connection, Rc::clone(&heard)));
                let traffic = Traffic { connection, heard, is_over: false };
                Ok(Link { runtime: Some(runtime), client: Some(client), traffic, host: host(config) })
            }
            Err(error) => {
                // A name that is still looked up would be waited for.
                runtime.shutdown_background();
                Err(error)
            }
        }
    }

    /// Does `work`, which sets an end to each of its waits.
    pub(super) fn run<T>(&mut self, work: impl AsyncFnOnce(&Client) -> Result<T>) -> Result<T> {
        let Link { runtime: Some(runtime), client: Some(client), traffic, .. } = self else {
            return Err(error::closed());
        };
        // What is asked would not be sent, nor be answered.
        if traffic.is_over {
            return Err(error::closed());
        }
        let done = {
            let mut work = pin!(work(client));
            runtime.block_on(async {
                let mut looks = interrupt::is_watched().then(|| interval(LOOK));
                poll_fn(|cx| {
                    if let Err(error) = traffic.poll(cx) {
                        return Poll::Ready(Err(error.into()));
                    }
                    while looks.as_mut().is_some_and(|looks| looks.poll_tick(cx).is_ready()) {}
                    match interrupt::must_go_on() {
                        Err(error) => Poll::Ready(Err(error)),
                        Ok(()) => work.as_mut().poll(cx),
                    }
                })
                .await
            })
        };
        if done.as_ref().is_err_and(|error| error.code() == error::UNREACHABLE) {
            self.traffic.is_over = true;
        }
        // The server ends a statement that was given up when it finds no one there.
        if done.as_ref().is_err_and(|error| error.kind() == Kind::Interrupted) {
            let connection = Box::pin(async { Ok(()) });
            self.traffic = Traffic { connection, is_over: true, heard: Rc::default() };
        }
        done
    }

    /// Runs statements without values, and answers when all are done.
    pub(super) fn batch(&mut self, limit: Duration, text: &str) -> Result<()> {
        self.run(async |client| answered(limit, client.batch_execute(text)).await)
    }

    /// How many notifications have come so far.
    pub(super) fn notifications(&self) -> u64 {
        self.traffic.heard.notifications.get()
    }

    /// Whether a commit was answered since this was last asked that no standby has confirmed.
    pub(super) fn takes_unconfirmed(&self) -> bool {
        self.traffic.heard.is_unconfirmed.take()
    }

    /// The host and port that it leads to.
    pub(super) fn host(&self) -> &str {
        &self.host
    }

    /// Waits at most so long for a notification beyond these.
    pub(super) fn hear(&mut self, known: u64, most: Duration) -> Result<()> {
        let Link { runtime: Some(runtime), traffic, .. } = self else { return Err(error::closed()) };
        let news = poll_fn(|cx| match traffic.poll(cx) {
            Err(error) => Poll::Ready(Err(error.into())),
            Ok(()) if traffic.is_over => Poll::Ready(Err(error::closed())),
            Ok(()) if traffic.heard.notifications.get() != known => Poll::Ready(Ok(())),
            Ok(()) => Poll::Pending,
        });
        runtime.block_on(async { timeout(most, news).await.unwrap_or(Ok(())) })
    }

    /// Sends a statement that needs no answer.
    pub(super) fn send(&mut self, text: &str) {
        let Link { runtime: Some(runtime), client: Some(client), traffic, .. } = self else { return };
        if traffic.is_over {
            return;
        }
        let mut answer = pin!(client.batch_execute(text));
        runtime.block_on(poll_fn(|cx| {
            drop(answer.as_mut().poll(cx));
            // A connection that is lost is noticed by what needs it next.
            drop(traffic.poll(cx));
            Poll::Ready(())
        }));
    }
}

impl Drop for Link {
    /// Without a goodbye the server logs an error.
    fn drop(&mut self) {
        self.client = None;
        let Link { runtime, traffic, .. } = self;
        let Some(runtime) = runtime.take() else { return };
        if !traffic.is_over {
            drop(runtime.block_on(async { timeout(FAREWELL, &mut traffic.connection).await }));
        }
        runtime.shutdown_background();
    }
}
